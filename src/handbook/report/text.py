"""Findings for people at a terminal: the place, the line with the mistake marked, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator

from wcwidth import wcwidth

from handbook.findings import Finding, Report, Summary

_LONGEST_LINE = 160


def render(report: Report) -> str:
    """The report of a whole run."""
    parts = [
        render_finding(finding, report.lines.get((finding.path, finding.span.line), ""))
        for finding in report.findings
    ]
    return "\n\n".join([*parts, _closing(report.summary)]) + "\n"


def render_finding(finding: Finding, line: str) -> str:
    """One finding with its line, the caret under the place, and the hint."""
    place = f"{finding.path}:{finding.span.line}:{finding.span.column}"
    rows = [f"{place}: {finding.code} {finding.severity}: {finding.message}"]
    rows += _marked(line, finding)
    if finding.hint:
        rows.append(f"  hint: {finding.hint}")
    return "\n".join(rows)


def _marked(line: str, finding: Finding) -> Iterator[str]:
    if not line.strip():
        return
    span = finding.span
    before = line[: span.column - 1]
    marked = line[span.column - 1 : span.end_column - 1]
    if len(line) > _LONGEST_LINE:
        # A very long line is cut to what stands around the mistake.
        start = max(span.column - 1 - _LONGEST_LINE // 2, 0)
        before = ("…" if start else "") + line[start : span.column - 1]
        marked = marked[: _LONGEST_LINE // 2]
        line = before + line[span.column - 1 : start + _LONGEST_LINE] + "…"
    number = f"{span.line:>4}"
    indent = "".join("\t" if char == "\t" else " " * _width(char) for char in before)
    yield f"{number} | {line.rstrip()}"
    yield f"{' ' * len(number)} | {indent}{'^' * max(sum(map(_width, marked.rstrip())), 1)}"


def _width(char: str) -> int:
    """The columns a character takes on a terminal; none for one that combines with the last."""
    return max(wcwidth(char), 0)


def _closing(summary: Summary) -> str:
    checked = (
        f"{_count(summary.entries, 'entry', 'entries')} in {_count(summary.files, 'file', 'files')} checked"
    )
    if not summary.errors and not summary.warnings:
        return f"{checked}: nothing to mend."
    found = [_count(summary.errors, "error", "errors")] if summary.errors else []
    found += [_count(summary.warnings, "warning", "warnings")] if summary.warnings else []
    return f"{checked}: {', '.join(found)}."


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
