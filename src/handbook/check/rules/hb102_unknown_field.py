"""Schema: unknown field."""

from __future__ import annotations

from handbook.base.findings import Severity
from handbook.base.rule import Rule
from handbook.check.rules.examples import TOOL
from handbook.check.rules.from_schema import mistakes_of
from handbook.read.schemas.problems import SchemaProblemKind

RULE = Rule(
    code="HB102",
    name="unknown-field",
    severity=Severity.ERROR,
    reason=(
        "A field that isn't in the schema is not shown on any page. Usually it is a known field with a "
        "typing error in its name."
    ),
    bad={
        "tools_inventory.yaml": TOOL + "    «vendr»: Linear Orbit\n",
    },
    good={
        "tools_inventory.yaml": TOOL + "    vendor: Linear Orbit\n",
    },
    check=mistakes_of(SchemaProblemKind.UNEXPECTED),
)
