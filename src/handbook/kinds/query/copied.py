"""Queries to copy."""

from __future__ import annotations

from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.link.catalogue import Entry


@figure({"query": ("sql",)})
def copied_query(basis: Basis, query: Entry) -> str | None:  # noqa: ARG001 - a figure takes a basis
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
        if {"name", "meaning", "example"} <= set(item)
    ]
    comments = [f"-- {line}" for line in lines]
    return "\n".join([*comments, query.data["sql"].rstrip()]) + "\n"
