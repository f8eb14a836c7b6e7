"""YAML: forbidden character."""

from __future__ import annotations

from handbook.check.rule import Rule
from handbook.check.rules.examples import TOOL
from handbook.check.rules.from_faults import faults_of
from handbook.findings import Severity
from handbook.read.faults import FaultKind

RULE = Rule(
    code="HB003",
    name="forbidden-character",
    severity=Severity.ERROR,
    reason=(
        "An invisible control character usually comes from a paste. Nobody sees it, yet searches and "
        "links break on it."
    ),
    bad={
        "tools_inventory.yaml": TOOL + "    vendor: Linear«\x07» Orbit\n",
    },
    good={
        "tools_inventory.yaml": TOOL + "    vendor: Linear Orbit\n",
    },
    check=faults_of(FaultKind.CHARACTER),
)
