"""Schema: missing field."""

from __future__ import annotations

from handbook.base.findings import Severity
from handbook.base.rule import Rule
from handbook.check.rules.examples import TOOL
from handbook.check.rules.from_schema import mistakes_of
from handbook.read.schemas.problems import SchemaProblemKind

RULE = Rule(
    code="HB101",
    name="missing-field",
    severity=Severity.ERROR,
    reason="Readers can't do without the information in a required field.",
    bad={
        "tools_inventory.yaml": (
            "tools:\n"
            "  - «i»d: linear\n"
            "    name: Linear\n"
            "    summary: Plans and tracks the work of every squad.\n"
            "    category: project-management\n"
        ),
    },
    good={
        "tools_inventory.yaml": TOOL,
    },
    check=mistakes_of(SchemaProblemKind.MISSING),
)
