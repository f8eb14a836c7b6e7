"""YAML: number."""

from __future__ import annotations

from handbook.base.findings import Severity
from handbook.base.rule import Rule
from handbook.check.rules.examples import TOOL
from handbook.check.rules.from_faults import faults_of
from handbook.read.yaml.faults import FaultKind

RULE = Rule(
    code="HB013",
    name="number",
    severity=Severity.ERROR,
    reason=(
        "A number this long is an identifier or a typing error. Read as a number, it would be rounded or "
        "take minutes to process."
    ),
    bad={
        "tools_inventory.yaml": TOOL
        + "    seats: {licensed: «"
        + "9" * 1001
        + "», active: 1, counted_on: 2026-11-01}\n",
    },
    good={
        "tools_inventory.yaml": TOOL + "    seats: {licensed: 9, active: 1, counted_on: 2026-11-01}\n",
    },
    check=faults_of(FaultKind.NUMBER),
)
