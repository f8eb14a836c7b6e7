"""Schema: an invalid schema."""

from __future__ import annotations

from collections.abc import Iterable

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import Rule
from handbook.read.context import Context

_SCHEMA = """{
  "title": "Goal",
  "x-kind": {
    "name": "goal", "plural": "goals", "title": "Goals", "sources": ["sources/goals.yaml"], "page": "goals"
  },
  "type": "object",
  "additionalProperties": false,
  "properties": { "name": { "type": "string", "x-text": "markdown" } }
}
"""


def _check(context: Context) -> Iterable[Problem]:
    return context.schema_problems


RULE = Rule(
    code="HB109",
    name="schema",
    severity=Severity.ERROR,
    reason=(
        "A schema with a mistyped keyword checks less than it seems to, without a warning. Only the "
        "keywords of JSON Schema 2020-12 and the handbook's annotations are supported."
    ),
    bad={"schemas/goal.schema.json": _SCHEMA.replace('"x-text"', '«"x-txt"»')},
    good={"schemas/goal.schema.json": _SCHEMA},
    check=_check,
)
