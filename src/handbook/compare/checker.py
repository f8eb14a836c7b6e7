"""Runs every rule about changes over a comparison."""

from __future__ import annotations

from handbook.compare.comparison import Comparison
from handbook.compare.rules import CODE_RULE, RULES
from handbook.compare.trees import TreeChanges
from handbook.findings import Finding, Severity
from handbook.read.settings import Settings


def find_in_changes(comparison: Comparison, settings: Settings) -> list[Finding]:
    """Every finding about what has changed, with the severities of the settings."""
    found = []
    for finding in (finding for rule in RULES for finding in rule.apply(comparison)):
        severity = settings.severities.get(finding.code, finding.severity)
        if severity != "off":
            found.append(finding._replace(severity=Severity(severity)))
    return found


def find_in_files(changes: TreeChanges) -> list[Finding]:
    """Return every finding about changes to code, whatever the settings say."""
    return list(CODE_RULE.apply(changes))
