"""Terminal report: location, source line with the error marked, and hint."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from handbook.base.findings import Finding
from handbook.base.report import Report
from handbook.base.words import visible

_LONGEST_LINE = 160
_STYLES = {"place": "1", "error": "1;31", "warning": "1;33", "margin": "2", "hint": "36"}
"""The colours of each part, as terminal codes."""

_Paint = Callable[[str, str], str]


def render(report: Report, *, colour: bool = False, fold: bool = False) -> str:
    """Render a report, the most harmful findings first.

    Args:
        report: The report.
        colour: Whether to add the codes for colours.
        fold: Whether to show only the first of many findings that are alike.
    """
    # Few reports have findings.
    from handbook.output.ordering import Alike, by_harm, folded  # noqa: PLC0415

    findings = by_harm(report)
    groups = folded(findings) if fold else [Alike(findings, ())]
    parts = []
    for group in groups:
        parts += [
            render_finding(finding, report.lines.get((finding.path, finding.span.line), ""), colour=colour)
            for finding in group.shown
        ]
        if group.folded:
            files = _count(len({finding.path for finding in group.folded}), "file", "files")
            parts.append(f"  … and {len(group.folded):,} more like this, in {files}")
    last = closing(report)
    if any(group.folded for group in groups):
        last += " To see all findings of a file or folder, run `handbook validate PATH`."
    return "\n\n".join([*parts, last]) + "\n"


def render_finding(finding: Finding, line: str, *, colour: bool = False) -> str:
    """Render a finding with its line, a caret under the place, and the hint."""
    paint = _in_colour if colour else _plain
    place = paint(f"{visible(finding.path)}:{finding.span.line}:{finding.span.column}:", "place")
    rows = [f"{place} {paint(f'{finding.code} {finding.severity}:', finding.severity)} {finding.message}"]
    rows += _marked(line, finding, paint)
    if finding.hint:
        rows.append(f"  {paint('hint:', 'hint')} {finding.hint}")
    return "\n".join(rows)


def _plain(text: str, _style: str) -> str:
    return text


def _in_colour(text: str, style: str) -> str:
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m"


def _marked(line: str, finding: Finding, paint: _Paint) -> Iterator[str]:
    if not line or line.isspace():
        return
    span = finding.span
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    # Cut a very long line to the text around the error.
    first = max(start - _LONGEST_LINE // 2, 0) if len(line) > _LONGEST_LINE else 0
    last = first + _LONGEST_LINE
    before = visible(("…" if first else "") + line[first:start])
    marked = visible(line[start : min(end, last)])
    text = before + visible(line[start:last]) + ("…" if last < len(line) else "")
    number = f"{span.line:>4} |"
    indent = "".join("\t" if char == "\t" else " " * _width(char) for char in before)
    caret = "^" * max(sum(map(_width, marked.rstrip())), 1)
    yield f"{paint(number, 'margin')} {text.rstrip()}"
    yield f"{paint('|'.rjust(len(number)), 'margin')} {indent}{paint(caret, finding.severity)}"


def _width(char: str) -> int:
    """Return the columns that a character takes on a terminal: none if it combines with the last one."""
    if char.isascii():
        return 1
    # The import takes longer than printing, and few reports need it.
    from wcwidth import wcwidth  # noqa: PLC0415

    return max(wcwidth(char), 0)


def closing(report: Report) -> str:
    """Summarise a report in a sentence."""
    summary = report.summary
    known = _count(summary.known, "known finding is", "known findings are")
    more = f" {known} in the baseline." if summary.known else ""
    if not summary.errors and not summary.warnings:
        entries = f"{_count(summary.entries, 'entry', 'entries')} in " if summary.entries else ""
        return f"Checked {entries}{_count(summary.files, 'file', 'files')}: no problems found.{more}"
    problems = [_count(summary.errors, "error", "errors")] if summary.errors else []
    problems += [_count(summary.warnings, "warning", "warnings")] if summary.warnings else []
    files = len({finding.path for finding in report.findings})
    return f"Found {' and '.join(problems)} in {_count(files, 'file', 'files')}.{more}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
