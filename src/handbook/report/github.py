"""Findings for GitHub: annotations beside the lines of a pull request, and a table for the step's summary."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from handbook.check.words import visible
from handbook.findings import Finding, Report, Severity
from handbook.report.mentions import without_mentions
from handbook.report.text import closing

MOST_ANNOTATIONS = 10
"""GitHub shows this many errors and as many warnings of a step, and drops all others without a word."""

MOST_BYTES = 512 * 1024
"""Half of what GitHub takes as the summary of a step; past the whole it shows none of it."""

_CODE = re.compile(r"`([^`]*)`")


def render(report: Report) -> str:
    """The report of a whole run, as commands that GitHub reads from the log."""
    shown = _chosen(report.findings)
    rows = [_annotation(finding) for finding in shown]
    left_out = len(report.findings) - len(shown)
    if left_out:
        message = f"Findings not shown beside their lines: {left_out}. The summary of the step lists them."
        rows.append(_command("notice", {"title": "Handbook"}, message))
    return "\n".join([*rows, closing(report.summary)]) + "\n"


def _chosen(findings: Sequence[Finding]) -> list[Finding]:
    """As many findings of each severity as are shown: one of every file before a second of any."""
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
        # Columns across lines make GitHub refuse the annotation.
        place |= {"col": span.column, "endColumn": span.end_column}
    rows = filter(None, (finding.message, finding.hint and f"hint: {finding.hint}"))
    return _command(finding.severity, place | {"title": finding.code}, "\n".join(rows))


def _command(name: str, properties: dict[str, str] | dict[str, str | int], message: str) -> str:
    written = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name} {written}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def render_summary(report: Report) -> str:
    """The findings as a table for the summary of the step. HTML, because nothing in that is Markdown."""
    head = f"## Handbook\n\n{closing(report.summary)}\n"
    if not report.findings:
        return head
    rows, left_out = _that_fit([_row(finding) for finding in report.findings])
    titles = "".join(f"<th>{title}</th>" for title in ("Place", "Rule", "What is wrong", "How to mend it"))
    note = f"\n{left_out} more would not fit here.\n" if left_out else ""
    return f"{head}\n<table>\n<tr>{titles}</tr>\n{''.join(rows)}</table>\n{note}"


def _that_fit(rows: Sequence[str]) -> tuple[list[str], int]:
    """The first rows, as many as GitHub takes, and how many are left out."""
    fitting = []
    size = 0
    for row in rows:
        size += len(row.encode("utf-8", "backslashreplace"))
        if size > MOST_BYTES:
            break
        fitting.append(row)
    return fitting, len(rows) - len(fitting)


def _row(finding: Finding) -> str:
    place = f"<code>{html.escape(visible(finding.path))}:{finding.span.line}:{finding.span.column}</code>"
    cells = (place, f"{finding.code} {finding.severity}", _rich(finding.message), _rich(finding.hint))
    return f"<tr>{_joined(f'<td>{cell}</td>' for cell in cells)}</tr>\n"


def _rich(text: str) -> str:
    """A message, with what stands between backticks as code, and no person or issue linked by accident."""
    # With one group in the pattern, every second part is what stood between backticks.
    return _joined(
        f"<code>{html.escape(part)}</code>" if index % 2 else without_mentions(html.escape(part))
        for index, part in enumerate(_CODE.split(text))
    )


def _joined(parts: Iterable[str]) -> str:
    return "".join(parts)
