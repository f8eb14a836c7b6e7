"""YAML: duplicate key."""

from __future__ import annotations

from handbook.base.findings import Severity
from handbook.base.rule import Rule
from handbook.check.rules.examples import TOOL
from handbook.check.rules.from_faults import faults_of
from handbook.read.yaml.faults import FaultKind

RULE = Rule(
    code="HB005",
    name="duplicate-key",
    severity=Severity.ERROR,
    reason=(
        "Only one of two fields with the same name can be shown, and no one can tell which one is correct."
    ),
    bad={
        "tools_inventory.yaml": TOOL + "    «status»: sunset\n",
    },
    good={
        "tools_inventory.yaml": TOOL,
    },
    check=faults_of(FaultKind.DUPLICATE_KEY),
)
