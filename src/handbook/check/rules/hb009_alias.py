"""YAML: alias."""

from __future__ import annotations

from handbook.base.findings import Severity
from handbook.base.rule import Rule
from handbook.check.rules.examples import TOOL
from handbook.check.rules.from_faults import faults_of
from handbook.read.yaml.faults import FaultKind

RULE = Rule(
    code="HB009",
    name="alias",
    severity=Severity.ERROR,
    reason=(
        "Aliases that repeat each other can make a small file use up the memory of the computer that reads "
        "it."
    ),
    bad={
        "tools_inventory.yaml": TOOL + "    tags: «&tags [*tags]»\n",
    },
    good={
        "tools_inventory.yaml": TOOL + "    tags: [planning]\n",
    },
    check=faults_of(FaultKind.ALIAS),
)
