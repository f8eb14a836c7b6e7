"""Content: an undeclared or unused parameter of a query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.rule import rule
from handbook.base.words import Names, shown
from handbook.check.rules.content import sound
from handbook.read.context import Context
from handbook.read.values import list_at, value_at

# Strings, comments and casts are skipped; any other name after a colon is a parameter.
PARAMETER = regex(r"'[^']*'|--[^\n]*|::|(?<!\w):([A-Za-z_]\w*)")

_QUERY = """name: Active users
summary: How many people were active?
run_in: The data warehouse
sql: SELECT count(*) FROM events WHERE week >= :first_week
"""
_PARAMETERS = """parameters:
  - {name: first_week, type: date, meaning: Monday of the first week, example: "'2026-10-05'"}
"""


@rule(
    "HB325",
    "query-parameter",
    reason=(
        "Readers who copy a query enter the values that the page explains. A parameter that isn't "
        "explained, or is no longer used, leads to a wrong figure or a question to an analyst."
    ),
    bad={"sources/queries/active.yaml": _QUERY.replace(":first_week", "«:first_week»")},
    good={"sources/queries/active.yaml": _QUERY + _PARAMETERS},
    needs={"query": ("sql", "parameters.name")},
)
def _check(context: Context) -> Iterator[Problem]:
    for query in sound(context, "query"):
        sql = query.value.get("sql")
        if not isinstance(sql, str):
            continue
        parameters = enumerate(list_at(query.value, ("parameters",)))
        declared = {str(value_at(item, ("name",))): index for index, item in parameters}
        names = Names(declared)
        before: Counter[str] = Counter()
        used = [found[1] for found in PARAMETER.finditer(sql) if found[1]]
        for name in used:
            if name not in declared and not before[name]:
                yield query.problem_in_text(
                    ("sql",),
                    f":{name}",
                    f"Undeclared parameter {shown(name)} in the query",
                    partial(_hint, names, name),
                )
            before[name] += 1
        for name, index in declared.items():
            if name not in before:
                yield query.problem(
                    ("parameters", index, "name"),
                    f"Unused parameter {shown(name)}",
                    f"Use `:{name}` in the query, or remove the parameter",
                )


def _hint(names: Names, name: str) -> str:
    near = names.nearest(name)
    return f"Did you mean `:{near}`?" if near else "Add it to `parameters:` with its meaning and an example"
