"""Content: a file of code owners that does not say what the owners in the handbook say."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from handbook.check.code_owners import BEGIN, END, code_owner_lines, read_code_owners
from handbook.check.context import Context
from handbook.check.problem import Problem
from handbook.check.rule import Rule
from handbook.findings import Severity, Span

_TEAM = """teams:
  - id: data
    name: Data
    summary: Keeps metrics right.
    reviewers: ["@example/data"]
"""
_METRIC = """metrics:
  - id: churn
    name: Churn
    summary: Who leaves.
    status: agreed
    owner: data
    definition: Accounts that have left.
    formula: Accounts that left in a month.
"""


def _check(context: Context) -> Iterator[Problem]:
    file = read_code_owners(context.site)
    # Where an entry may be missing, the rest says nothing.
    if file.made is None or context.broken_kinds or context.schema_problems:
        return
    wanted = code_owner_lines(context)
    for number, (line, right) in enumerate(zip_longest(file.made, wanted), file.begin + 1):
        if line != right:
            what = f"write `{right}` in its place" if line is not None else f"add `{right}`"
            hint = what if right is not None else "delete it"
            width = len(line or "") or 1
            yield Problem(
                file.path,
                Span(number, 1, number, 1 + width),
                "this is not what the owners in the handbook say",
                f"{hint}, or run `handbook codeowners`, which writes all of it",
            )
            return


RULE = Rule(
    code="HB328",
    name="code-owners",
    severity=Severity.ERROR,
    reason=(
        "Whoever is asked to review a change should be who answers for what it changes. An old list asks a "
        "team that has given it away, and the new owner learns of it from readers."
    ),
    bad={
        "sources/teams.yaml": _TEAM,
        "sources/metrics.yaml": _METRIC,
        "CODEOWNERS": f"{BEGIN}\n«/sources/metrics.yaml @example/product-ops»\n{END}\n",
    },
    good={
        "sources/teams.yaml": _TEAM,
        "sources/metrics.yaml": _METRIC,
        "CODEOWNERS": f"{BEGIN}\n/sources/metrics.yaml @example/data\n{END}\n",
    },
    check=_check,
)
