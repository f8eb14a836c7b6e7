"""Terminal report of the number of findings of each team, and the most harmful of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from handbook.base.findings import Finding, Severity
from handbook.base.report import Report
from handbook.base.table import Column, Table
from handbook.output.ordering import by_harm
from handbook.output.tables import text_table
from handbook.output.text import closing

_NO_OWNER = "No owner"


def render(report: Report, owner_of: Callable[[Finding], str]) -> str:
    """Render a table with a row for each owner, those with the most errors first.

    Args:
        report: The report.
        owner_of: Returns the name of the owner of what a finding is about; empty without one.
    """
    groups: dict[str, list[Finding]] = {}
    for finding in by_harm(report):
        groups.setdefault(owner_of(finding), []).append(finding)
    rows = [_row(owner, findings) for owner, findings in groups.items()]
    # Without an owner last, because someone has to find one first.
    rows.sort(key=lambda row: (row[0] == _NO_OWNER, -row[1], -row[2], row[0]))
    columns = [*map(Column, ("Owner", "Errors", "Warnings", "Files")), Column("Most harmful", is_long=True)]
    lines = [*text_table(Table("Findings", tuple(columns), rows)), ""] if rows else []
    return "\n".join([*lines, closing(report)]) + "\n"


def _row(owner: str, findings: Sequence[Finding]) -> tuple[str, int, int, int, str]:
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    worst = findings[0]
    return (
        owner or _NO_OWNER,
        errors,
        len(findings) - errors,
        len({finding.path for finding in findings}),
        f"{worst.path}:{worst.span.line}: {worst.code} {worst.message}",
    )
