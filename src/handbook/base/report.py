"""A report: the findings of a run, with everything needed to render them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from handbook.base.findings import Finding, Severity
from handbook.base.named_tuples import NamedTuple
from handbook.base.rule import Rule

MOST_LINES = 100
"""The most lines of a correction that are shown. More are easier to read in a diff."""


class Summary(NamedTuple):
    """The number of files and entries checked, of errors and warnings found, and of known findings."""

    files: int
    entries: int
    errors: int
    warnings: int
    known: int = 0


class Report(NamedTuple):
    """The findings of a run, with everything needed to render them.

    Attributes:
        findings: The findings, in the order of the files.
        lines: The lines that the findings point to, by path and line number.
        summary: Counts.
        rules: The rules of the findings, by code.
    """

    findings: Sequence[Finding]
    lines: Mapping[tuple[str, int], str]
    summary: Summary
    rules: Sequence[Rule[Any]] = ()


def make_report(  # noqa: PLR0913 - everything in a report
    findings: Sequence[Finding],
    lines: Mapping[tuple[str, int], str],
    rules: Iterable[Rule[Any]],
    *,
    files: int,
    entries: int = 0,
    known: int = 0,
) -> Report:
    """Return a report, with the counts and the rules of its findings.

    Args:
        findings: The findings, in the order of the files.
        lines: The lines that they point to, by path and line number.
        rules: The rules that could have given them.
        files: The number of files checked.
        entries: The number of entries checked.
        known: The number of findings that the baseline lists, which are not reported.
    """
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    codes = {finding.code for finding in findings}
    used = sorted((rule for rule in rules if rule.code in codes), key=lambda rule: rule.code)
    return Report(
        findings, lines, Summary(files, entries, errors, len(findings) - errors, known), tuple(used)
    )
