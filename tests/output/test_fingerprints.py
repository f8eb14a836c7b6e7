"""Fingerprints: the same while only lines move, and never the same twice."""

from __future__ import annotations

import pytest

from handbook.base.findings import Finding, Severity
from handbook.base.report import Report, Summary
from handbook.base.span import Span
from handbook.output.fingerprints import with_fingerprints

FINDING = Finding(
    "tools.yaml",
    Span(7, 5, 7, 9),
    "HB202",
    Severity.ERROR,
    "the id `a` is taken: tools.yaml:3 has it",
    pointer="/tools/2/id",
    kind="tool",
    id="a",
)


def fingerprints(*findings: Finding, text: str = "  - id: a") -> list[str]:
    lines = {(finding.path, finding.span.line): text for finding in findings}
    report = Report(findings, lines, Summary(1, 1, len(findings), 0))
    return [fingerprint for _, fingerprint in with_fingerprints(report)]


def test_a_finding_is_known_again_after_entries_were_put_in_above() -> None:
    moved = FINDING._replace(
        span=Span(17, 5, 17, 9),
        message="the id `a` is taken: tools.yaml:13 has it",
        pointer="/tools/12/id",
    )
    assert fingerprints(FINDING) == fingerprints(moved)
    assert fingerprints(FINDING) == fingerprints(FINDING, text="    - id: a")


@pytest.mark.parametrize(
    "other",
    [
        FINDING._replace(path="more.yaml"),
        FINDING._replace(code="HB311"),
        FINDING._replace(message="the id `b` is taken"),
        FINDING._replace(id="b"),
        FINDING._replace(kind="role"),
        FINDING._replace(pointer="/tools/2/name"),
    ],
)
def test_another_finding_has_another(other: Finding) -> None:
    assert fingerprints(FINDING) != fingerprints(other)


def test_another_line_has_another() -> None:
    assert fingerprints(FINDING) != fingerprints(FINDING, text="  - id: a  # again")


def test_two_that_are_alike_are_told_apart() -> None:
    first, second, third = fingerprints(FINDING, FINDING, FINDING._replace(span=Span(9, 5, 9, 9)))
    assert len({first, second, third}) == 3
    assert fingerprints(FINDING) == [first]
