"""YAML: several documents."""

from __future__ import annotations

from handbook.base.findings import Severity
from handbook.base.rule import Rule
from handbook.check.rules.examples import TOOL
from handbook.check.rules.from_faults import faults_of
from handbook.read.yaml.faults import FaultKind

RULE = Rule(
    code="HB007",
    name="several-documents",
    severity=Severity.ERROR,
    reason="A file contains one document. Anything below a second `---` would be left out without a warning.",
    bad={
        "tools_inventory.yaml": TOOL + "«---»\ntools: []\n",
    },
    good={
        "tools_inventory.yaml": TOOL,
    },
    check=faults_of(FaultKind.DOCUMENTS),
)
