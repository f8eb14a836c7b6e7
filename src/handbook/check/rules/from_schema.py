"""Check for schema mistakes. JSON Schema has found them; each rule reports one type."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from handbook.base.problem import Problem
from handbook.read.context import Context, Side
from handbook.read.schemas.problems import SchemaProblemKind


def mistakes_of(kind: SchemaProblemKind) -> Callable[[Context], Iterator[Problem]]:
    """Return a check that reports the mistakes of one type in every entry."""

    def check(context: Context) -> Iterator[Problem]:
        for entry, problem in context.mistakes:
            if problem.kind is kind:
                side: Side = "key" if problem.at_key else "start" if problem.at_start else "value"
                yield entry.problem(problem.pointer, problem.message, problem.hint, side)

    return check
