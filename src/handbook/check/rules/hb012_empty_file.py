"""YAML: empty file."""

from __future__ import annotations

from handbook.base.findings import Severity
from handbook.base.rule import Rule
from handbook.check.rules.from_faults import faults_of
from handbook.read.yaml.faults import FaultKind

RULE = Rule(
    code="HB012",
    name="empty-file",
    severity=Severity.ERROR,
    reason=(
        "An empty file is usually unfinished. If it is meant to be empty, it only confuses the next person."
    ),
    bad={
        "sources/processes/launch.yaml": "«#» to be written\n",
    },
    good={},
    check=faults_of(FaultKind.EMPTY),
)
