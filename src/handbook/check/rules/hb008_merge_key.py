"""YAML: merge key."""

from __future__ import annotations

from handbook.base.findings import Severity
from handbook.base.rule import Rule
from handbook.check.rules.examples import TOOL
from handbook.check.rules.from_faults import faults_of
from handbook.read.yaml.faults import FaultKind

RULE = Rule(
    code="HB008",
    name="merge-key",
    severity=Severity.ERROR,
    reason=(
        "Merge keys belong to YAML 1.1. A YAML 1.2 parser reads `<<` as a field and doesn't merge anything."
    ),
    bad={
        "tools_inventory.yaml": TOOL + "    «<<»: {vendor: Linear Orbit}\n",
    },
    good={
        "tools_inventory.yaml": TOOL + "    vendor: Linear Orbit\n",
    },
    check=faults_of(FaultKind.MERGE_KEY),
)
