"""YAML: file name."""

from __future__ import annotations

from handbook.base.findings import Severity
from handbook.base.rule import Rule
from handbook.check.rules.examples import PROCESS, ROLE
from handbook.check.rules.from_faults import faults_of
from handbook.read.yaml.faults import FaultKind

RULE = Rule(
    code="HB014",
    name="file-name",
    severity=Severity.ERROR,
    reason=(
        "A file name that isn't UTF-8, or that contains invisible characters, differs between systems. "
        "Links to the file break, and no one can type its address."
    ),
    bad={
        "sources/processes/launch\udce9.yaml": PROCESS,
        "sources/roles.yaml": ROLE,
    },
    good={
        "sources/processes/launch.yaml": PROCESS,
        "sources/roles.yaml": ROLE,
    },
    check=faults_of(FaultKind.NAME),
)
