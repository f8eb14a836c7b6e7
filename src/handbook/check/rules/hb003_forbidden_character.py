"""YAML: forbidden character."""

from __future__ import annotations

from handbook.base.findings import Severity
from handbook.base.rule import Rule
from handbook.check.rules.examples import TOOL
from handbook.check.rules.from_faults import faults_of
from handbook.read.yaml.faults import FaultKind

RULE = Rule(
    code="HB003",
    name="forbidden-character",
    severity=Severity.ERROR,
    reason=(
        "Invisible control characters usually come from pasted text. No one can see them, but they break "
        "searches and links."
    ),
    bad={
        "tools_inventory.yaml": TOOL + "    vendor: Linear«\x07» Orbit\n",
    },
    good={
        "tools_inventory.yaml": TOOL + "    vendor: Linear Orbit\n",
    },
    check=faults_of(FaultKind.CHARACTER),
)
