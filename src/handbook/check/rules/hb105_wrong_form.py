"""Schema: wrong form."""

from __future__ import annotations

from handbook.base.findings import Severity
from handbook.base.rule import Rule
from handbook.check.rules.examples import TOOL
from handbook.check.rules.from_schema import mistakes_of
from handbook.read.schemas.problems import SchemaProblemKind

RULE = Rule(
    code="HB105",
    name="wrong-form",
    severity=Severity.ERROR,
    reason="Dates, IDs and addresses have one format, so that they can be compared and linked.",
    bad={
        "tools_inventory.yaml": TOOL + "    review: {last: «01/08/2026», next: 2027-02-01}\n",
    },
    good={
        "tools_inventory.yaml": TOOL + "    review: {last: 2026-08-01, next: 2027-02-01}\n",
    },
    check=mistakes_of(SchemaProblemKind.FORM),
)
