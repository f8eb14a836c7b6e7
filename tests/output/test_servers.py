"""Formats that servers read: valid by their own rules, whatever stands in a finding."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from handbook.base.findings import Finding, Severity
from handbook.base.fixes import Edit, Fix, Move
from handbook.base.report import Report, make_report
from handbook.base.span import Span
from handbook.loaded.rulebook import RULEBOOK
from handbook.output import gitlab, json_object, junit, sarif
from tests.output.sample import SAMPLE

SARIF = Draft4Validator(
    json.loads((Path(__file__).parent / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
)
FINDING = SAMPLE.findings[0]
ANY_TEXT = st.text(st.characters())  # half characters included


def report_of(*findings: Finding, line: str = "") -> Report:
    lines = {(finding.path, finding.span.line): line for finding in findings}
    return make_report(findings, lines, RULEBOOK.values(), files=1, entries=1)


def cases(report: Report) -> list[ET.Element]:
    """The test cases of a report."""
    return list(ET.fromstring(junit.render(report)).iter("testcase"))  # noqa: S314  # our own


@pytest.mark.parametrize("report", [SAMPLE, report_of()], ids=["findings", "none"])
def test_sarif_is_valid_against_its_schema(report: Report) -> None:
    assert list(SARIF.iter_errors(json.loads(sarif.render(report)))) == []


def test_sarif_tells_the_reason_of_every_rule_that_found_something() -> None:
    report = report_of(*(FINDING._replace(code=rule.code) for rule in RULEBOOK.values()))
    run = json.loads(sarif.render(report))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["fullDescription"]["text"] for rule in rules] == [rule.reason for rule in RULEBOOK.values()]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])


def test_sarif_counts_columns_as_findings_do() -> None:
    run = json.loads(sarif.render(SAMPLE))["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"


def test_sarif_names_files_by_addresses() -> None:
    text = sarif.render(report_of(FINDING._replace(path="a b/ü%?#:\udce9.yaml")))
    assert '"uri": "a%20b/%C3%BC%25%3F%23%3A%E9.yaml"' in text


def test_sarif_makes_no_link_of_a_message() -> None:
    report = report_of(FINDING._replace(message="[a](b) [c] [d", hint=""))
    assert json.loads(sarif.render(report))["runs"][0]["results"][0]["message"]["text"] == r"\[a](b) [c] [d"


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_json_is_ascii_without_half_characters(path: str, message: str, line: str) -> None:
    report = report_of(FINDING._replace(path=path, message=message), line=line)
    for module in (json_object, gitlab):
        text = module.render(report)
        assert text.isascii()
        json.dumps(json.loads(text), ensure_ascii=False).encode("utf-8")


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("\ud800", "\ufffd"),
        ("\udc80x", "\ufffdx"),
        ("😀", "😀"),
        ("\ude00😀\ud83d", "\ufffd😀\ufffd"),
        (r"\ud800", r"\ud800"),
        ("\\\ud800", "\\\ufffd"),
    ],
)
def test_half_a_character_is_replaced_and_a_whole_one_kept(message: str, said: str) -> None:
    report = report_of(FINDING._replace(message=message))
    assert json.loads(json_object.render(report))["findings"][0]["message"] == said


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT, st.sampled_from(Severity))
def test_junit_is_xml_whatever_stands_in_a_finding(
    path: str, message: str, line: str, severity: Severity
) -> None:
    found = FINDING._replace(path=path, message=message, severity=severity, span=Span(1, 1, 1, 2))
    (case,) = cases(report_of(found, line=line))
    assert (case[0].tag == "failure") is (severity is Severity.ERROR)


def test_junit_lists_each_finding_by_a_name_of_its_own() -> None:
    report = report_of(FINDING, FINDING, FINDING._replace(message="else"))
    names = [case.get("name") for case in cases(report)]
    assert names == [
        "HB312: `TODO ]]>` is left in the text",
        "HB312: `TODO ]]>` is left in the text (2)",
        "HB312: else",
    ]


def test_junit_without_findings_has_one_case_that_passed() -> None:
    (case,) = cases(report_of())
    assert list(case) == []
    assert case.get("name") == "Checked 1 entry in 1 file: no problems found."


def test_a_fix_in_sarif_replaces_whole_lines_of_each_file() -> None:
    edits = (
        Edit("ä.yaml", Span(2, 7, 2, 8), "B"),
        Edit("ä.yaml", Span(2, 3, 2, 4), "bb"),
        Edit("z.yaml", Span(4, 1, 5, 1), ""),
    )
    lines = {("ä.yaml", 2): "- ä: 'b'", ("z.yaml", 4): "- gone", ("z.yaml", 5): "- stays"}
    for fix, number in ((Fix(edits), 1), (Fix(edits, (Move("a", "b"),)), 0)):
        found = Finding("ä.yaml", Span(2, 1, 2, 2), "HB104", Severity.ERROR, "Wrong", "Write it", fix=fix)
        report = make_report([found], lines, RULEBOOK.values(), files=1)
        log = json.loads(sarif.render(report))
        assert list(SARIF.iter_errors(log)) == []
        (result,) = log["runs"][0]["results"]
        assert len(result.get("fixes", ())) == number
        if number:
            changes = result["fixes"][0]["artifactChanges"]
            assert [change["replacements"] for change in changes] == [
                [{"deletedRegion": {"startLine": 2, "endLine": 2}, "insertedContent": {"text": "- bb: 'B'"}}],
                [{"deletedRegion": {"startLine": 4, "endLine": 5}, "insertedContent": {"text": "- stays"}}],
            ]
    unknown = make_report([found._replace(fix=Fix(edits))], {}, RULEBOOK.values(), files=1)
    assert "fixes" not in sarif.render(unknown)
