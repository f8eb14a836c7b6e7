"""JSON report: one object."""

from __future__ import annotations

from handbook.base.findings import Finding
from handbook.base.report import Report
from handbook.output.as_json import as_json


def render(report: Report) -> str:
    """Render a report."""
    findings = [_object(finding) for finding in report.findings]
    return as_json({"findings": findings, "summary": report.summary._asdict()})


def _object(finding: Finding) -> dict[str, str | int]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "path": finding.path,
        "line": finding.span.line,
        "column": finding.span.column,
        "end_line": finding.span.end_line,
        "end_column": finding.span.end_column,
        "pointer": finding.pointer,
        "kind": finding.kind,
        "id": finding.id,
    }
