"""YAML: encoding."""

from __future__ import annotations

from handbook.base.findings import Severity
from handbook.base.rule import Rule
from handbook.check.rules.examples import TOOL
from handbook.check.rules.from_faults import faults_of
from handbook.read.yaml.faults import FaultKind

RULE = Rule(
    code="HB002",
    name="encoding",
    severity=Severity.ERROR,
    reason=(
        "Text in another encoding shows wrong characters to readers. All files must be UTF-8, with or "
        "without a byte order mark."
    ),
    bad={
        "tools_inventory.yaml": TOOL + "    vendor: Caf«\udce9»\n",
    },
    good={
        "tools_inventory.yaml": TOOL + "    vendor: Café\n",
    },
    check=faults_of(FaultKind.ENCODING),
)
