"""Queries as they are copied."""

from __future__ import annotations

from dataclasses import dataclass

from handbook.figures.basis import Basis
from handbook.link.catalogue import Entry


@dataclass(frozen=True, slots=True)
class CopiedQuery:
    """A query with what somebody has to know who finds it in a file a year later.

    Attributes:
        text: The SQL, below comments that say what it answers and what each parameter means.
    """

    text: str


def copied_query(basis: Basis, query: Entry) -> CopiedQuery | None:  # noqa: ARG001 - every figure takes it
    """The text of a query to copy: its parameters explained as SQL comments; `None` for one without SQL.

    Args:
        basis: What figures are worked out from.
        query: An entry of the kind `query`.
    """
    if "sql" not in query.data:
        return None
    lines = [query.name, query.data["summary"]]
    lines += [
        f":{item['name']}  {item['meaning']}, such as {item['example']}"
        for item in query.data.get("parameters", ())
    ]
    comments = [f"-- {line}" for line in lines]
    return CopiedQuery("\n".join([*comments, query.data["sql"].rstrip()]) + "\n")
