"""YAML: unknown tag."""

from __future__ import annotations

from handbook.base.findings import Severity
from handbook.base.rule import Rule
from handbook.check.rules.examples import TOOL
from handbook.check.rules.from_faults import faults_of
from handbook.read.yaml.faults import FaultKind

RULE = Rule(
    code="HB006",
    name="unknown-tag",
    severity=Severity.ERROR,
    reason=(
        "A tag changes what a value means. Only the core tags of YAML 1.2 are supported. Any other tag is a "
        "mistake or an attack."
    ),
    bad={
        "tools_inventory.yaml": TOOL + "    vendor: «!secret Linear Orbit»\n",
    },
    good={
        "tools_inventory.yaml": TOOL + '    vendor: "!secret Linear Orbit"\n',
    },
    check=faults_of(FaultKind.TAG),
)
