"""Schema: wrong size."""

from __future__ import annotations

from handbook.base.findings import Severity
from handbook.base.rule import Rule
from handbook.check.rules.examples import TOOL
from handbook.check.rules.from_schema import mistakes_of
from handbook.read.schemas.problems import SchemaProblemKind

RULE = Rule(
    code="HB106",
    name="wrong-size",
    severity=Severity.ERROR,
    reason=(
        "Limits keep tables readable and catch errors such as an empty text, a negative number or a "
        "repeated tag."
    ),
    bad={
        "tools_inventory.yaml": TOOL + "    tags: [planning, «planning»]\n",
    },
    good={
        "tools_inventory.yaml": TOOL + "    tags: [planning]\n",
    },
    check=mistakes_of(SchemaProblemKind.SIZE),
)
