"""What lint says about documents: each rule's examples, and files of cases that anybody can add to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from handbook.base.rule import Rule
from handbook.lint.rules import RULES
from handbook.lint.rules.examples import DOCUMENT, FILES, PATH
from tests.check.test_rule_examples import marked, written
from tests.check.test_schema_messages import cases, said
from tests.lint.conftest import Lint

FOLDER = Path(__file__).parent / "cases"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_bad_example_gives_this_finding_alone_at_the_marked_place(
    rule: Rule[Any], lint_beside: Lint
) -> None:
    (finding,) = lint_beside(written(rule.bad))
    assert finding.code == rule.code
    assert finding.hint
    place = marked(rule.bad)
    if place:
        span = finding.span
        assert (finding.path, span.line, span.column, span.end_column - span.column) == place


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_good_example_gives_no_finding(rule: Rule[Any], lint_beside: Lint) -> None:
    assert lint_beside(written(rule.good)) == []


@pytest.mark.parametrize("case", cases(FOLDER))
def test_a_mistake_is_found_at_its_place_with_advice_and_nothing_else_is(
    case: dict[str, Any], lint_beside: Lint
) -> None:
    document = case["document"].encode("utf-8", "surrogateescape")
    files = {**FILES, **case.get("files", {}), "doc.md": document}
    found = lint_beside(files, case.get("template", ""))
    assert [said(finding).removeprefix("doc.md:") for finding in found] == case["findings"]


MISTAKES = {
    "HB505": ("template: brief", "template: breif"),
    "HB507": ("squad: Reporting", "sqad: Reporting"),
    "HB508": ("2026-12-02", "02.12.2026"),
    "HB509": ("owner-team: product", "owner-team: produkt"),
    "HB511": ("## Problem", "## 1. Problem statement ##"),
    "HB514": ("## Goal", "#### Goal"),
    "HB519": ("## Goal", "**2. Goal:**"),
    "HB521": ("lost filters", "[lost filters](https://www.google.com/url?q=https://example.com/a&sa=D)"),
}


@pytest.mark.parametrize("code", MISTAKES)
def test_a_fix_removes_its_finding_and_makes_no_other(code: str, lint_beside: Lint) -> None:
    text = DOCUMENT.replace(*MISTAKES[code])
    (finding,) = lint_beside({**FILES, PATH: text})
    assert finding.code == code
    assert finding.fix
    lines = text.splitlines(keepends=True)
    for edit in finding.fix.edits:
        line = lines[edit.span.line - 1]
        lines[edit.span.line - 1] = (
            line[: edit.span.column - 1] + edit.text + line[edit.span.end_column - 1 :]
        )
    assert lint_beside({**FILES, PATH: "".join(lines)}) == []
