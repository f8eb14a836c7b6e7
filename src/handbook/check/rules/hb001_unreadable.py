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
        "A file that cannot be read holds facts that no reader sees. A folder with a name that ends in "
        "`.yaml` is a frequent cause. Links are not followed: one could publish any file of the computer "
        "that builds the site, and many systems and editors do not know them. Pipes, devices and very large "
        "files are not opened at all."
    ),
    bad={
        "sources/tools/linear.yaml/kept": "A folder, not a file.\n",
    },
    good={
        "sources/tools/linear/kept": "A folder, not a file.\n",
    },
    check=faults_of(FaultKind.UNREADABLE),
)
