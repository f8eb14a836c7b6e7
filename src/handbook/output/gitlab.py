"""GitLab report: a code quality report, shown in the merge request and on its lines."""

from __future__ import annotations

from handbook.base.findings import Finding, Severity
from handbook.base.report import Report
from handbook.output.as_json import as_json
from handbook.output.fingerprints import with_fingerprints

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def render(report: Report) -> str:
    """Render a report."""
    issues = [_issue(finding, fingerprint) for finding, fingerprint in with_fingerprints(report)]
    return as_json(issues)


def _issue(finding: Finding, fingerprint: str) -> dict[str, object]:
    span = finding.span
    return {
        "description": f"{finding.code}: {finding.full_message}",
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": finding.path, "lines": {"begin": span.line, "end": span.end_line}},
    }
