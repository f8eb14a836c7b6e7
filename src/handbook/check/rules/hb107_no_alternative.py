"""Schema: one of several fields is required."""

from __future__ import annotations

from handbook.base.findings import Severity
from handbook.base.rule import Rule
from handbook.check.rules.examples import PROCESS, ROLE
from handbook.check.rules.from_schema import mistakes_of
from handbook.read.schemas.problems import SchemaProblemKind

RULE = Rule(
    code="HB107",
    name="no-alternative",
    severity=Severity.ERROR,
    reason="If one of several fields is required, readers need at least one of them.",
    bad={
        "sources/processes/launch.yaml": PROCESS.replace(
            "trigger: A feature is ready to ship.\n", ""
        ).replace("name: Launch", "«n»ame: Launch"),
        "sources/roles.yaml": ROLE,
    },
    good={"sources/processes/launch.yaml": PROCESS, "sources/roles.yaml": ROLE},
    check=mistakes_of(SchemaProblemKind.ALTERNATIVE),
)
