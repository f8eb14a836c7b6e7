"""Run every rule about changes on a comparison."""

from __future__ import annotations

from handbook.base.findings import Finding, Severity
from handbook.diff.comparison import Comparison
from handbook.diff.hb403_code import changed_code
from handbook.diff.hb404_baseline import grown_baseline
from handbook.diff.rules import RULES
from handbook.diff.trees import TreeChanges
from handbook.read.files import Site
from handbook.read.settings import Settings


def find_in_changes(comparison: Comparison, settings: Settings, site: Site) -> list[Finding]:
    """Return the findings about changes to a site, with the severities from its settings.

    Changes in its layers are a matter of those handbooks.
    """
    findings = []
    for finding in (finding for rule in RULES for finding in rule.apply(comparison)):
        if site.layer_of(finding.path):
            continue
        severity = settings.severities.get(finding.code, finding.severity)
        if severity != "off":
            findings.append(finding._replace(severity=Severity(severity)))
    return findings


def find_in_files(changes: TreeChanges) -> list[Finding]:
    """Return the findings about changes to code and to the baseline. Settings do not affect them."""
    return [*changed_code.apply(changes), *grown_baseline.apply(changes)]
