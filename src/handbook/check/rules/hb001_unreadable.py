"""YAML: unreadable."""

from __future__ import annotations

from handbook.check.rule import Rule
from handbook.check.rules.from_faults import faults_of
from handbook.findings import Severity
from handbook.read.faults import FaultKind

RULE = Rule(
    code="HB001",
    name="unreadable",
    severity=Severity.ERROR,
    reason=(
        "A file that cannot be read holds facts that nobody can see. A folder with a name that ends in "
        "`.yaml` is the usual cause."
    ),
    bad={
        "sources/tools/linear.yaml/kept": "A folder, not a file.\n",
    },
    good={
        "sources/tools/linear/kept": "A folder, not a file.\n",
    },
    check=faults_of(FaultKind.UNREADABLE),
)
