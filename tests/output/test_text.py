"""Findings as people read them in a terminal."""

from __future__ import annotations

import re

import pytest

from handbook.base.findings import Finding, Severity
from handbook.base.report import Report, Summary
from handbook.base.span import Span
from handbook.output.text import render, render_finding


def finding(span: Span, hint: str = "") -> Finding:
    """A finding somewhere in a file."""
    return Finding("tools.yaml", span, "HB104", Severity.ERROR, "`x` is wrong", hint)


@pytest.mark.parametrize(
    ("line", "column", "end", "below"),
    [
        ("    status: Active", 13, 19, "            ^^^^^^"),
        ("名前: 値", 5, 6, "      ^^"),
        ("e\u0301te\u0301: x", 8, 9, "     ^"),
        ("\tstatus: x", 10, 11, "\t        ^"),
        ("👩 a", 3, 4, "   ^"),
        ("key: value   ", 6, 14, "     ^^^^^"),
        ("key:", 5, 6, "    ^"),
    ],
    ids=["plain", "wide", "combining", "tab", "emoji", "trailing spaces", "after the end"],
)
def test_the_caret_stands_under_the_mistake(line: str, column: int, end: int, below: str) -> None:
    text = render_finding(finding(Span(7, column, 7, end)), line)
    assert text.splitlines() == [
        f"tools.yaml:7:{column}: HB104 error: `x` is wrong",
        f"   7 | {line.rstrip()}",
        f"     | {below}",
    ]


def test_a_span_over_several_lines_is_marked_to_the_end_of_the_first() -> None:
    text = render_finding(finding(Span(2, 6, 4, 3)), "key: 'value")
    assert text.splitlines()[-1] == "     |      ^^^^^^"


def test_what_a_terminal_would_obey_is_shown_and_does_not_shift_the_caret() -> None:
    text = render_finding(finding(Span(1, 5, 1, 6)), "\x1b[2\u202eX\x07")
    assert text.splitlines()[1:] == ["   1 | \ufffd[2\ufffdX\ufffd", "     |     ^"]


@pytest.mark.parametrize("line", ["    status: Active", "名前:\te\u0301 値", "👩 a", ""])
def test_colour_only_adds_colour(line: str) -> None:
    for severity in Severity:
        found = finding(Span(7, 5, 7, 8), "write it")._replace(severity=severity)
        coloured = render_finding(found, line, colour=True)
        assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == render_finding(found, line)
        assert coloured.count("\x1b[") == coloured.count("\x1b[0m") * 2


def test_colour_tells_errors_from_warnings_and_never_runs_over_a_line_end() -> None:
    report = Report([finding(Span(1, 1, 1, 2))], {("tools.yaml", 1): "a"}, Summary(1, 1, 1, 0))
    assert render(report, colour=True).splitlines()[:3] == [
        "\x1b[1mtools.yaml:1:1:\x1b[0m \x1b[1;31mHB104 error:\x1b[0m `x` is wrong",
        "\x1b[2m   1 |\x1b[0m a",
        "\x1b[2m     |\x1b[0m \x1b[1;31m^\x1b[0m",
    ]


def test_the_hint_stands_below() -> None:
    text = render_finding(finding(Span(1, 1, 1, 2), "write it"), "x: 1")
    assert text.splitlines()[-1] == "  hint: write it"


@pytest.mark.parametrize("line", ["", "   "])
def test_without_a_line_to_show_there_is_no_caret(line: str) -> None:
    assert render_finding(finding(Span()), line) == "tools.yaml:1:1: HB104 error: `x` is wrong"


def test_of_a_very_long_line_only_the_part_around_the_mistake_is_shown() -> None:
    line = f"{'a' * 5000}WRONG{'b' * 5000}"
    _, shown, below = render_finding(finding(Span(1, 5001, 1, 5006)), line).splitlines()
    assert len(shown) < 200
    assert shown[below.index("^") : below.rindex("^") + 1] == "WRONG"
    assert shown.startswith("   1 | …")
    assert shown.endswith("…")


@pytest.mark.parametrize(
    ("paths", "summary", "closing"),
    [
        ("", Summary(1, 1, 0, 0), "Checked 1 entry in 1 file: no problems found."),
        ("", Summary(2, 0, 0, 0), "Checked 2 files: no problems found."),
        ("", Summary(61, 1200, 0, 0), "Checked 1,200 entries in 61 files: no problems found."),
        ("aab", Summary(3, 1200, 1, 2), "Found 1 error and 2 warnings in 2 files."),
        ("a", Summary(1, 2, 0, 1), "Found 1 warning in 1 file."),
    ],
)
def test_the_last_line_counts(paths: str, summary: Summary, closing: str) -> None:
    findings = [finding(Span())._replace(path=path) for path in paths]
    assert render(Report(findings, {}, summary)).splitlines()[-1] == closing


def test_findings_are_kept_apart_by_an_empty_line() -> None:
    findings = [finding(Span(1, 1, 1, 2)), finding(Span(2, 1, 2, 2))]
    text = render(Report(findings, {("tools.yaml", 1): "a", ("tools.yaml", 2): "b"}, Summary(1, 2, 2, 0)))
    assert text.split("\n\n") == [
        "tools.yaml:1:1: HB104 error: `x` is wrong\n   1 | a\n     | ^",
        "tools.yaml:2:1: HB104 error: `x` is wrong\n   2 | b\n     | ^",
        "Found 2 errors in 1 file.\n",
    ]


RUN = """\
sources/roles.yaml:2:9: HB104 error: `x` is wrong
   2 |   - id: Ärger
     |         ^^^^^
  hint: write `aerger`

tools.yaml:1201:1: HB104 error: `x` is wrong

tools.yaml:1200:1: HB104 warning: `x` is wrong
1200 | 名前\t: 値
     | ^^^^

Found 2 errors and 1 warning in 2 files.
"""


def test_a_whole_run_reads_like_this() -> None:
    findings = [
        finding(Span(2, 9, 2, 14), "write `aerger`")._replace(path="sources/roles.yaml"),
        finding(Span(1200, 1, 1200, 3))._replace(severity=Severity.WARNING),
        finding(Span(1201, 1, 1201, 2)),
    ]
    lines = {("sources/roles.yaml", 2): "  - id: Ärger", ("tools.yaml", 1200): "名前\t: 値"}
    assert render(Report(findings, lines, Summary(2, 3, 2, 1))) == RUN
