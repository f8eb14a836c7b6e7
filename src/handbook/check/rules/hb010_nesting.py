"""YAML: nesting."""

from __future__ import annotations

from handbook.base.findings import Severity
from handbook.base.rule import Rule
from handbook.check.rules.from_faults import faults_of
from handbook.read.yaml.faults import FaultKind

RULE = Rule(
    code="HB010",
    name="nesting",
    severity=Severity.ERROR,
    reason="Nesting this deep is a typing error or an attack. No entry needs it.",
    bad={
        "tools_inventory.yaml": "tools: " + "[" * 99 + "«[»" + "]" * 100 + "\n",
    },
    good={
        "tools_inventory.yaml": "tools: []\n",
    },
    check=faults_of(FaultKind.DEPTH),
)
