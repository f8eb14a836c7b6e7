"""SARIF 2.1.0 report for code scanning and editors. It includes the rules with their reasons."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from handbook.base.findings import Finding
from handbook.base.report import Report
from handbook.base.rule import Rule
from handbook.base.version import __version__
from handbook.output.as_json import as_json
from handbook.output.corrected_lines import corrected_lines
from handbook.output.fingerprints import with_fingerprints

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "SRCROOT"
_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")
"""The start of text in a plain message that a viewer would take for a link of SARIF."""


def render(report: Report) -> str:
    """Render a report."""
    numbers = {rule.code: number for number, rule in enumerate(report.rules)}
    driver = {
        "name": "handbook",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(rule) for rule in report.rules],
    }
    run = {
        "tool": {"driver": driver},
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that all paths start from."}}},
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(finding, fingerprint, numbers) | _fixes(finding, report.lines)
            for finding, fingerprint in with_fingerprints(report)
        ],
    }
    return as_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule[Any]) -> dict[str, object]:
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.name.replace("-", " ").capitalize()},
        "fullDescription": {"text": rule.reason},
        "help": {"text": f"{rule.reason}\n\nRun `handbook rules {rule.code}` for an example."},
        "defaultConfiguration": {"level": rule.severity.value},
    }


def _result(finding: Finding, fingerprint: str, numbers: dict[str, int]) -> dict[str, object]:
    span = finding.span
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    return {
        "ruleId": finding.code,
        "ruleIndex": numbers[finding.code],
        "level": finding.severity.value,
        "message": {"text": _LINK.sub(r"\\[", finding.full_message)},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(finding.path), "region": region}}],
        "partialFingerprints": {"handbook/v1": fingerprint},
    }


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(os.fsencode(path)), "uriBaseId": _ROOT}


def _fixes(finding: Finding, lines: Mapping[tuple[str, int], str]) -> dict[str, object]:
    """Return the fix of a finding, if it is known and can be written as new lines."""
    changes = [
        {
            "artifactLocation": _artifact(part.path),
            "replacements": [
                {
                    "deletedRegion": {"startLine": part.first, "endLine": part.last},
                    "insertedContent": {"text": part.text},
                }
            ],
        }
        for part in corrected_lines(finding.fix, lines)
    ]
    description = {"text": finding.hint or finding.message}
    return {"fixes": [{"description": description, "artifactChanges": changes}]} if changes else {}
