"""YAML: key."""

from __future__ import annotations

from handbook.base.findings import Severity
from handbook.base.rule import Rule
from handbook.check.rules.examples import TOOL
from handbook.check.rules.from_faults import faults_of
from handbook.read.yaml.faults import FaultKind

RULE = Rule(
    code="HB011",
    name="key",
    severity=Severity.ERROR,
    reason="A field name must be text. A number, `true` or a list is read as another type.",
    bad={
        "tools_inventory.yaml": TOOL + "    «2026»: planned\n",
    },
    good={
        "tools_inventory.yaml": TOOL,
    },
    check=faults_of(FaultKind.KEY),
)
