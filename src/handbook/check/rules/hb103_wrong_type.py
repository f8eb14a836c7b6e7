"""Schema: wrong type."""

from __future__ import annotations

from handbook.base.findings import Severity
from handbook.base.rule import Rule
from handbook.check.rules.examples import TOOL
from handbook.check.rules.from_schema import mistakes_of
from handbook.read.schemas.problems import SchemaProblemKind

RULE = Rule(
    code="HB103",
    name="wrong-type",
    severity=Severity.ERROR,
    reason="A value of the wrong type can't be shown, sorted or added up.",
    bad={
        "tools_inventory.yaml": TOOL + "    use_when: «Planning a sprint»\n",
    },
    good={
        "tools_inventory.yaml": TOOL + "    use_when:\n      - Planning a sprint\n",
    },
    check=mistakes_of(SchemaProblemKind.TYPE),
)
