"""The order of findings for people, and alike ones folded."""

from __future__ import annotations

from handbook.base.findings import Finding, Severity
from handbook.base.report import make_report
from handbook.base.span import Span
from handbook.loaded.rulebook import RULEBOOK
from handbook.output.ordering import by_harm
from handbook.output.owners import render as render_owners
from handbook.output.text import render


def finding(path: str, line: int, code: str, message: str = "Wrong") -> Finding:
    """An error on a line of a file."""
    return Finding(path, Span(line, 1, line, 2), code, Severity.ERROR, message)


def text(*findings: Finding, fold: bool = True) -> str:
    """The report of some findings in a terminal."""
    return render(make_report(findings, {}, RULEBOOK.values(), files=9), fold=fold)


def test_errors_come_before_warnings_causes_before_consequences_and_then_the_files() -> None:
    warning = finding("a.yaml", 1, "HB305")._replace(severity=Severity.WARNING)
    ordered = [
        finding("z.yaml", 9, "HB003"),
        finding("b.yaml", 2, "HB201"),
        finding("b.yaml", 10, "HB104"),
        finding("CODEOWNERS", 1, "HB328"),
        warning,
    ]
    report = make_report(sorted(ordered, key=Finding.sort_key), {}, RULEBOOK.values(), files=9)
    assert by_harm(report) == ordered


def test_many_alike_findings_are_folded_and_those_that_differ_are_shown() -> None:
    alike = [
        finding(f"sources/{number % 7}.yaml", number, "HB104", f"Value `{number}`") for number in range(44)
    ]
    same = [finding("tools.yaml", number, "HB101", "Missing field `owner`") for number in range(1, 9)]
    rare = finding("z.yaml", 1, "HB201", "Unknown tool `x`")
    lines = text(*alike, *same, rare).splitlines()
    assert [line for line in lines if line] == [
        "sources/0.yaml:0:1: HB104 error: Value `0`",
        "sources/0.yaml:7:1: HB104 error: Value `7`",
        "sources/0.yaml:14:1: HB104 error: Value `14`",
        "  … and 41 more like this, in 7 files",
        "tools.yaml:1:1: HB101 error: Missing field `owner`",
        "  … and 7 more like this, in 1 file",
        "z.yaml:1:1: HB201 error: Unknown tool `x`",
        "Found 53 errors in 9 files. To see all findings of a file or folder, run `handbook validate PATH`.",
    ]


def test_few_findings_are_all_shown_and_so_are_all_if_nothing_is_to_be_folded() -> None:
    few = [finding("a.yaml", number, "HB104") for number in range(1, 31)]
    assert text(*few).count("HB104") == 30
    many = [*few, finding("a.yaml", 31, "HB104")]
    assert (text(*many).count("HB104"), text(*many, fold=False).count("HB104")) == (1, 31)


def test_a_summary_by_owner_counts_and_names_the_most_harmful_with_no_owner_last() -> None:
    warning = finding("b.yaml", 3, "HB305", "Review overdue")._replace(severity=Severity.WARNING)
    findings = [finding("a.yaml", 1, "HB104"), finding("a.yaml", 2, "HB003", "Unreadable"), warning]
    findings += [finding("c.yaml", 1, "HB104")] * 3
    owners = {"a.yaml": "Data", "b.yaml": "Data", "c.yaml": ""}
    report = make_report(findings, {}, RULEBOOK.values(), files=3)
    assert render_owners(report, lambda found: owners[found.path]) == (
        "Owner     Errors  Warnings  Files  Most harmful\n"
        "Data      2       1         2      a.yaml:2: HB003 Unreadable\n"
        "No owner  3       0         1      c.yaml:1: HB104 Wrong\n"
        "\n"
        "Found 5 errors and 1 warning in 3 files.\n"
    )
