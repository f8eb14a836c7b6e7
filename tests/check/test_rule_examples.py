"""Every rule's examples are its tests: they are also what readers of the rules see.

An example is judged by its own rule and by those that an author of it had to follow: the rules that no build
can do without, and the content rules with a lower code. So a new content rule can't break older examples,
which no one wrote with it in mind; and an example that can't be built is still found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from handbook.base.findings import Finding
from handbook.base.rule import Rule
from handbook.check.runner import find_all
from handbook.diff.hb403_code import changed_code
from handbook.diff.hb404_baseline import grown_baseline
from handbook.diff.rules import RULES as CHANGE_RULES
from handbook.lint.rules import RULES as DOCUMENT_RULES
from handbook.loaded.rulebook import RULEBOOK
from handbook.loaded.site_rules import SITE_RULES
from handbook.read.sources import read_context
from tests.conftest import TODAY, MakeSite

OTHERS = (*CHANGE_RULES, changed_code, grown_baseline, *DOCUMENT_RULES)
ALL = tuple(rule for rule in RULEBOOK.values() if rule not in OTHERS)

Judge = Callable[[Rule[Any], Mapping[str, str]], list[Finding]]
_CONTENT = "HB3"


@pytest.fixture
def judge(make_site: MakeSite) -> Judge:
    """The findings in the files of a rule's example."""

    def find(rule: Rule[Any], files: Mapping[str, str]) -> list[Finding]:
        is_content = rule.code.startswith(_CONTENT)
        rules = [
            other
            for other in SITE_RULES
            if not other.code.startswith(_CONTENT) or (is_content and other.code <= rule.code)
        ]
        return find_all(read_context(make_site(written(files)), TODAY), rules)

    return find


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
def test_the_bad_example_gives_this_finding_alone_at_the_marked_place_with_advice(
    rule: Rule[Any], judge: Judge
) -> None:
    (finding,) = judge(rule, rule.bad)
    assert finding.code == rule.code
    assert finding.hint
    assert "\n" not in finding.message + finding.hint
    place = marked(rule.bad)
    if place:
        span = finding.span
        assert (finding.path, span.line, span.column, span.end_column - span.column) == place


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_the_good_example_gives_no_finding(rule: Rule[Any], judge: Judge) -> None:
    assert judge(rule, rule.good) == []


def test_codes_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in RULEBOOK.values()]
    assert codes == sorted(set(codes))
