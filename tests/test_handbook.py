"""A loaded handbook as one value."""

from __future__ import annotations

from handbook.base.findings import Finding, Severity
from handbook.base.span import Span
from handbook.diff.rules import RULES
from handbook.loaded.handbook import load, with_findings
from tests.conftest import TODAY, MakeSite
from tests.sites import TOOL


def test_findings_that_are_added_are_in_their_place_and_counted(make_site: MakeSite) -> None:
    handbook = load(
        make_site({"tools_inventory.yaml": TOOL.replace("status: trial", "status: tried")}), TODAY
    )
    places = [
        ("tools_inventory.yaml", 1),
        ("tools_inventory.yaml", 99),
        ("docs/index.md", 7),
        ("zebra.yaml", 1),
    ]
    added = [Finding(path, Span(line, 1, line, 2), "HB401", Severity.ERROR, "A") for path, line in places]
    report = with_findings(handbook, added, RULES).report
    own = [(finding.path, finding.span.line) for finding in handbook.report.findings]
    assert ("tools_inventory.yaml", 6) in own
    assert [(finding.path, finding.span.line) for finding in report.findings] == sorted([*places, *own])
    assert report.summary.errors == handbook.report.summary.errors + len(added)
