"""Schema: not allowed."""

from __future__ import annotations

from handbook.base.findings import Severity
from handbook.base.rule import Rule
from handbook.check.rules.examples import TOOL
from handbook.check.rules.from_schema import mistakes_of
from handbook.read.schemas.problems import SchemaProblemKind

RULE = Rule(
    code="HB104",
    name="not-allowed",
    severity=Severity.ERROR,
    reason=(
        "Readers filter and count by fields with a fixed set of values. A value that is spelt differently "
        "is not counted."
    ),
    bad={
        "tools_inventory.yaml": (
            "tools:\n"
            "  - id: linear\n"
            "    name: Linear\n"
            "    summary: Plans and tracks the work of every squad.\n"
            "    category: project-management\n"
            "    status: «Active»\n"
        ),
    },
    good={
        "tools_inventory.yaml": TOOL,
    },
    check=mistakes_of(SchemaProblemKind.CHOICE),
)
