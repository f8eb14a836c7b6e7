"""JUnit report for the test pages of CI servers: XML with one test case for each finding.

Servers list the names of failed cases and compare them with those of the previous run. So a name states the
problem without the line. A warning is a skipped case: it is listed and does not fail the run.
"""

from __future__ import annotations

import re
from collections import Counter
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from handbook.base.findings import Finding, Severity
from handbook.base.report import Report
from handbook.output.text import closing, render_finding

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot contain, not even as references."""


def render(report: Report) -> str:
    """Render a report."""
    counts = {
        "tests": max(len(report.findings), 1),
        "failures": report.summary.errors,
        "errors": 0,
        "skipped": report.summary.warnings,
    }
    suites = _element(None, "testsuites", name="handbook", **counts)
    suite = _element(suites, "testsuite", name="handbook", **counts)
    seen: Counter[tuple[str, str]] = Counter()
    for finding in report.findings:
        name = f"{finding.code}: {finding.message}"
        seen[finding.path, name] += 1
        number = seen[finding.path, name]
        line = report.lines.get((finding.path, finding.span.line), "")
        _case(suite, finding, f"{name} ({number})" if number > 1 else name, line)
    if not report.findings:
        # Some servers take a suite without cases for an aborted run.
        _element(suite, "testcase", classname="handbook", name=closing(report))
    indent(suites)
    document: bytes = tostring(suites, encoding="us-ascii", xml_declaration=True)
    return document.decode("ascii") + "\n"


def _case(suite: Element, finding: Finding, name: str, line: str) -> None:
    case = _element(
        suite, "testcase", classname=finding.path, name=name, file=finding.path, line=finding.span.line
    )
    message = finding.full_message
    if finding.severity is Severity.ERROR:
        failure = _element(case, "failure", type=finding.code, message=message)
        failure.text = _valid(render_finding(finding, line))
    else:
        _element(case, "skipped", message=f"{finding.code} warning: {message}")


def _element(parent: Element | None, tag: str, /, **attributes: str | int) -> Element:
    texts = {name: _valid(str(value)) for name, value in attributes.items()}
    return Element(tag, texts) if parent is None else SubElement(parent, tag, texts)


def _valid(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
