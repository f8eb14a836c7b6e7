"""Queries to copy."""

from __future__ import annotations

from dataclasses import dataclass

from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.link.catalogue import Entry


@dataclass(frozen=True, slots=True)
class CopiedQuery:
    """A query with comments that explain it outside the handbook.

    Attributes:
        text: The SQL, below comments with its summary and parameters.
    """

    text: str


@figure({"query": ("sql",)})
def copied_query(basis: Basis, query: Entry) -> CopiedQuery | None:  # noqa: ARG001 - a figure takes a basis
    """Return a query with its parameters as SQL comments; `None` for a query without SQL.

    Args:
        basis: The data that figures are calculated from.
        query: An entry of the content type `query`.
    """
    if "sql" not in query.data:
        return None
    lines = [query.name, *filter(None, [query.data.get("summary")])]
    lines += [
        f":{item['name']}  {item['meaning']}, such as {item['example']}"
        for item in query.data.get("parameters", ())
    ]
    comments = [f"-- {line}" for line in lines]
    return CopiedQuery("\n".join([*comments, query.data["sql"].rstrip()]) + "\n")
