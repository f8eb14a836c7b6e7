"""JSON report: one object."""

from __future__ import annotations

from handbook.base.findings import Finding
from handbook.base.fixes import Fix
from handbook.base.report import Report
from handbook.base.span import Span
from handbook.output.as_json import as_json


def render(report: Report) -> str:
    """Render a report."""
    return as_json(report_object(report))


def report_object(report: Report) -> dict[str, object]:
    """Return a report as the object to render."""
    findings = [_object(finding) for finding in report.findings]
    return {"findings": findings, "summary": report.summary._asdict()}


def _object(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "fix": None if finding.fix is None else _fix(finding.fix),
        "path": finding.path,
        **_place(finding.span),
        "pointer": finding.pointer,
        "kind": finding.kind,
        "id": finding.id,
    }


def _place(span: Span) -> dict[str, int]:
    # The names of its attributes are those of the format.
    return span._asdict()


def _fix(fix: Fix) -> dict[str, object]:
    return {
        "safe": fix.is_safe,
        "edits": [{"path": edit.path, **_place(edit.span), "text": edit.text} for edit in fix.edits],
        "moves": [{"path": move.path, "to": move.to} for move in fix.moves],
    }
