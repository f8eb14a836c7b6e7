"""What lint says about documents: each rule's examples, and files of cases that anybody can add to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from handbook.base.rule import Rule
from handbook.lint.rules import RULES
from handbook.lint.rules.examples import FILES
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
