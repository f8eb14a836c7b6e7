"""YAML: unreadable."""

from __future__ import annotations

from handbook.base.findings import Severity
from handbook.base.rule import Rule
from handbook.check.rules.from_faults import faults_of
from handbook.read.yaml.faults import FaultKind

RULE = Rule(
    code="HB001",
    name="unreadable",
    severity=Severity.ERROR,
    reason=(
        "An unreadable file hides its content from readers. A common cause is a folder whose name ends in "
        "`.yaml`. Links are not followed: a link could publish any file from the computer that builds the "
        "site, and many systems and editors don't support them. Pipes, devices and very large files are not "
        "opened at all."
    ),
    bad={
        "sources/tools/linear.yaml/kept": "A folder, not a file.\n",
    },
    good={
        "sources/tools/linear/kept": "A folder, not a file.\n",
    },
    check=faults_of(FaultKind.UNREADABLE),
)
