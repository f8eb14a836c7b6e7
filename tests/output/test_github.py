"""Annotations for GitHub, and the summary of a step."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handbook.base.findings import Finding, Severity
from handbook.base.report import Report, Summary
from handbook.base.span import Span
from handbook.output.github import MOST_ANNOTATIONS, MOST_BYTES, render, render_summary

ERROR = Finding("a.yaml", Span(1, 2, 1, 5), "HB104", Severity.ERROR, "`x` is wrong")
WARNING = ERROR._replace(severity=Severity.WARNING)


def report(findings: Sequence[Finding]) -> Report:
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    return Report(findings, {}, Summary(1, 1, errors, len(findings) - errors))


def commands(findings: Sequence[Finding]) -> list[str]:
    """The annotations, without the sentence below them."""
    return render(report(findings)).splitlines()[:-1]


def test_a_span_over_several_lines_has_no_columns() -> None:
    (command,) = commands([ERROR._replace(span=Span(1, 2, 3, 4))])
    assert command == "::error file=a.yaml,line=1,endLine=3,title=HB104::`x` is wrong"


@given(st.text(), st.text(), st.text())
@example(":,%3A\r\n%", ":,%0A\r\n::error::%", "")
def test_a_finding_is_one_line_that_says_everything(path: str, message: str, hint: str) -> None:
    text = render(report([ERROR._replace(path=path, message=message, hint=hint)]))
    command, closing, end = re.split(r"[\r\n]", text)
    assert (closing, end) == ("Found 1 error in 1 file.", "")
    match = re.fullmatch(
        r"::error file=([^:,\r\n]*),line=1,endLine=1,col=2,endColumn=5,title=HB104::(.*)", command, re.DOTALL
    )
    assert match
    said = [text.replace("%0D", "\r").replace("%0A", "\n") for text in match.groups()]
    said = [text.replace("%3A", ":").replace("%2C", ",").replace("%25", "%") for text in said]
    assert said[0] == path
    for part in filter(None, (message, hint)):
        assert part in said[1]


@pytest.mark.parametrize("severity", Severity)
def test_no_more_are_annotated_than_are_shown_and_the_rest_is_counted(severity: Severity) -> None:
    many = [ERROR._replace(severity=severity, span=Span(line, 1, line, 2)) for line in range(1, 24)]
    assert len(commands(many[:MOST_ANNOTATIONS])) == MOST_ANNOTATIONS
    *shown, note = commands(many)
    assert len(shown) == MOST_ANNOTATIONS
    assert note == (
        "::notice title=Handbook::13 more problems not annotated. See the job summary for the full list."
    )


def test_errors_come_first_and_warnings_have_places_of_their_own() -> None:
    shown = commands([WARNING] * 12 + [ERROR] * 12)
    assert [command.split()[0] for command in shown] == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"]


def test_one_file_with_many_findings_does_not_hide_the_others() -> None:
    findings = [ERROR] * 30 + [ERROR._replace(path=f"{name}.yaml") for name in "bcd"]
    shown = [command.split("file=")[1].split(",")[0] for command in commands(findings)[:-1]]
    assert shown == ["a.yaml"] * 7 + ["b.yaml", "c.yaml", "d.yaml"]


class Parts(HTMLParser):
    """The tags and the text of a piece of HTML."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag + "".join(f" {name}" for name, _ in attrs))

    def handle_data(self, data: str) -> None:
        self.text += data


@given(
    st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(["\n\n# x", "<script>", "`<b>`", "|"])
)
def test_nothing_in_the_summary_is_markup(text: str, more: str) -> None:
    message = " ".join((text + more).split())
    summary = render_summary(report([ERROR._replace(path=text + more, message=message)]))
    table = summary.partition("\n\n<table>")[2]
    # Inside a block of HTML nothing is Markdown; an empty line would end it.
    assert "\n\n" not in table
    assert Parts(table).tags <= {"tr", "th", "td", "code"}


def test_nobody_is_called_and_no_issue_is_linked() -> None:
    summary = render_summary(report([ERROR._replace(message="ask @team about #7, or `@team`")]))
    assert "@team" in summary.replace("<code>@team</code>", "").replace("\u2060", "")
    assert "@team" not in summary.replace("<code>@team</code>", "")
    assert "#7" not in summary


def test_the_summary_stays_below_what_github_takes_and_counts_the_rest() -> None:
    summary = render_summary(report([ERROR._replace(message="é" * 5000)] * 100))
    shown = summary.count("<tr><td>")
    assert 10 < shown < 100
    assert len(summary.encode()) < MOST_BYTES + 1000
    assert summary.endswith(f"</table>\n\n{100 - shown} more left out: the summary is full.\n")


def test_without_findings_the_summary_is_a_sentence() -> None:
    assert render_summary(report([])) == "## Handbook\n\nChecked 1 entry in 1 file: no problems found.\n"
