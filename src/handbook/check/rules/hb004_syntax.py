"""YAML: syntax."""

from __future__ import annotations

from handbook.base.findings import Severity
from handbook.base.rule import Rule
from handbook.check.rules.examples import TOOL
from handbook.check.rules.from_faults import faults_of
from handbook.read.yaml.faults import FaultKind

RULE = Rule(
    code="HB004",
    name="syntax",
    severity=Severity.ERROR,
    reason="A file with invalid YAML can't be read, so none of its entries reach a reader.",
    bad={
        "tools_inventory.yaml": TOOL + "    vendor: Linear«:» Orbit\n",
    },
    good={
        "tools_inventory.yaml": TOOL + '    vendor: "Linear: Orbit"\n',
    },
    check=faults_of(FaultKind.SYNTAX),
)
