"""Every rule's examples are its tests: they are also what readers of the rules see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from handbook.base.findings import Finding
from handbook.base.rule import Rule
from handbook.diff.hb403_code import changed_code
from handbook.diff.rules import RULES as CHANGE_RULES
from handbook.lint.rules import RULES as DOCUMENT_RULES
from handbook.loaded.rulebook import RULEBOOK

ALL = tuple(rule for rule in RULEBOOK.values() if rule not in (*CHANGE_RULES, changed_code, *DOCUMENT_RULES))

Check = Callable[[Mapping[str, str | bytes]], list[Finding]]


def written(files: Mapping[str, str]) -> dict[str, bytes]:
    """The files without the marks around the reported place."""
    plain = {path: text.replace("«", "").replace("»", "") for path, text in files.items()}
    return {path: text.encode("utf-8", "surrogateescape") for path, text in plain.items()}


def marked(files: Mapping[str, str]) -> tuple[str, int, int, int] | None:
    """The path, line, column and width of the marked place."""
    for path, text in files.items():
        before, mark, rest = text.partition("«")
        if mark:
            return path, before.count("\n") + 1, len(before) - before.rfind("\n"), rest.index("»")
    return None


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_the_bad_example_gives_this_finding_alone_at_the_marked_place(rule: Rule[Any], check: Check) -> None:
    (finding,) = check(written(rule.bad))
    assert finding.code == rule.code
    place = marked(rule.bad)
    if place:
        span = finding.span
        assert (finding.path, span.line, span.column, span.end_column - span.column) == place


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_the_good_example_gives_no_finding(rule: Rule[Any], check: Check) -> None:
    assert check(written(rule.good)) == []


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_a_finding_says_how_to_mend_it(rule: Rule[Any], check: Check) -> None:
    (finding,) = check(written(rule.bad))
    assert finding.hint
    assert "\n" not in finding.message + finding.hint


def test_codes_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in RULEBOOK.values()]
    assert codes == sorted(set(codes))
