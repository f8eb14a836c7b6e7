"""GitHub report: annotations on the lines of a pull request, and a table for the job summary."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate

from handbook.base.findings import Finding, Severity
from handbook.base.report import Report
from handbook.base.table import Column, Phrase, Styled, Table
from handbook.base.words import visible
from handbook.output.host_html import html_rows
from handbook.output.ordering import by_harm
from handbook.output.text import closing

MOST_ANNOTATIONS = 10
"""GitHub shows this many errors and as many warnings of a step, and silently drops all others."""

MOST_BYTES = 512 * 1024
"""Half of the size limit for a job summary. GitHub shows nothing of a summary over the limit."""

_CODE = re.compile(r"`([^`]*)`")


def render(report: Report) -> str:
    """Render a report as workflow commands, which GitHub reads from the log."""
    chosen = _chosen(by_harm(report))
    rows = [_annotation(finding) for finding in chosen]
    left_out = len(report.findings) - len(chosen)
    if left_out:
        problems = "problem" if left_out == 1 else "problems"
        message = f"{left_out:,} more {problems} not annotated. See the job summary for the full list."
        rows.append(_command("notice", {"title": "Handbook"}, message))
    return "\n".join([*rows, closing(report)]) + "\n"


def _chosen(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings to show, up to the limit for each severity: one of each file before a second."""
    chosen: set[int] = set()
    for severity in Severity:
        turns = []
        of_file: Counter[str] = Counter()
        for index, finding in enumerate(findings):
            if finding.severity is severity:
                of_file[finding.path] += 1
                turns.append((of_file[finding.path], index))
        chosen.update(index for _, index in sorted(turns)[:MOST_ANNOTATIONS])
    return sorted((findings[index] for index in sorted(chosen)), key=lambda finding: finding.severity)


def _annotation(finding: Finding) -> str:
    span = finding.span
    place: dict[str, str | int] = {"file": finding.path, "line": span.line, "endLine": span.end_line}
    if span.line == span.end_line:
        # GitHub refuses annotations with columns that span several lines.
        place |= {"col": span.column, "endColumn": span.end_column}
    rows = filter(None, (finding.message, finding.hint and f"hint: {finding.hint}"))
    return _command(finding.severity, place | {"title": finding.code}, "\n".join(rows))


def _command(name: str, properties: dict[str, str] | dict[str, str | int], message: str) -> str:
    pairs = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name} {pairs}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def render_summary(report: Report) -> str:
    """Render the findings as a table for the job summary. HTML, so that no text counts as Markdown."""
    head = f"## Handbook\n\n{closing(report)}\n"
    if not report.findings:
        return head
    titles, *rows = html_rows(finding_table(report.findings))
    fitting = that_fit(rows, MOST_BYTES)
    left_out = len(rows) - len(fitting)
    note = f"\n{left_out:,} more left out: the summary is full.\n" if left_out else ""
    return f"{head}\n<table>\n{titles}{''.join(fitting)}</table>\n{note}"


def finding_table(findings: Iterable[Finding]) -> Table:
    """Return findings as a table for a page of the host."""
    columns = tuple(map(Column, ("Place", "Rule", "Problem", "How to fix")))
    rows = [
        (
            Styled(f"{visible(finding.path)}:{finding.span.line}:{finding.span.column}", "code"),
            f"{finding.code} {finding.severity}",
            with_code(finding.message),
            with_code(finding.hint),
        )
        for finding in findings
    ]
    return Table("Findings", columns, rows)


def with_code(text: str) -> Phrase:
    """Return a message with the text in backticks as code."""
    # With one group in the pattern, every second part is the text in backticks.
    return Phrase(Styled(part, "code") if at % 2 else part for at, part in enumerate(_CODE.split(text)))


def that_fit(rows: Sequence[str], most: int) -> Sequence[str]:
    """Return as many rows as have no more than a number of bytes."""
    sizes = accumulate(len(row.encode("utf-8", "backslashreplace")) for row in rows)
    return [row for row, size in zip(rows, sizes, strict=True) if size <= most]
