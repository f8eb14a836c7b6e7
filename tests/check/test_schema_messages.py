"""What the check says about the mistakes people make, from files of cases that anybody can add to."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from handbook.base.findings import Finding
from handbook.write.edits import with_edits
from tests.cases import read_cases

Check = Callable[[Mapping[str, str | bytes]], list[Finding]]


def cases(folder: Path) -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}: {case['name']}")
        for path in sorted(folder.glob("*.yaml"))
        for case in read_cases(path)
    ]


FOLDER = Path(__file__).parent / "cases"
CONTENT = cases(FOLDER / "content")


def said(finding: Finding) -> str:
    place = f"{finding.path}:{finding.span.line}:{finding.span.column}"
    return f"{place}: {finding.code} {finding.message} — {finding.hint}"


@pytest.mark.parametrize("case", cases(FOLDER))
def test_a_mistake_is_found_at_its_place_with_advice_and_nothing_else_is(
    case: dict[str, Any], check: Check
) -> None:
    found = [finding for finding in check(case["files"]) if finding.code < "HB3"]
    assert [said(finding) for finding in found] == case["findings"]


@pytest.mark.parametrize("case", CONTENT)
def test_content_that_misleads_a_reader_is_found_at_its_place_with_advice_and_nothing_else_is(
    case: dict[str, Any], check: Check
) -> None:
    assert [said(finding) for finding in check(case["files"])] == case["findings"]


@pytest.mark.parametrize("case", [case for case in CONTENT if "fixed" in case.values[0]])
def test_content_is_corrected_by_the_edits_of_its_findings(case: dict[str, Any], check: Check) -> None:
    fixes = [finding.fix for finding in check(case["files"]) if finding.fix]
    edits = [edit for fix in fixes for edit in fix.edits]
    files = case["files"]
    changed = {
        path: with_edits(files[path].encode(), [edit for edit in edits if edit.path == path]).decode()
        for path in case["fixed"]
    }
    assert changed == case["fixed"]
    assert not [finding for finding in check({**files, **changed}) if finding.fix]


def test_files_are_checked_in_the_order_of_their_names_and_from_top_to_bottom(check: Check) -> None:
    findings = check(
        {
            "tools_inventory.yaml": "tools:\n  - x\n  - y\n",
            "sources/roles.yaml": "roles:\n  - x\n",
            "sources/a.yml": "a: 1\n",
        }
    )
    places = [(finding.path, finding.span.line) for finding in findings]
    assert places == [
        ("sources/a.yml", 1),
        ("sources/roles.yaml", 2),
        ("tools_inventory.yaml", 2),
        ("tools_inventory.yaml", 3),
    ]


def test_the_same_site_gives_the_same_findings_in_the_same_order(check: Check) -> None:
    files = {"tools_inventory.yaml": "tools:\n  - {id: a, b: 1, c: 2, d: 3}\n  - {id: a}\n"}
    assert check(files) == check(files)


def test_a_mistake_in_a_schema_is_found_again_when_another_schema_has_changed(check: Check) -> None:
    goal = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {"tool": {"$ref": "#/properties/tool"}},
    }
    files = {"schemas/goal.schema.json": json.dumps(goal)}
    for description in ("First.", "Second."):
        files["schemas/plan.schema.json"] = json.dumps(goal | {"properties": {}, "description": description})
        assert [finding.message for finding in check(files)] == ["Circular reference `#/properties/tool`"]
