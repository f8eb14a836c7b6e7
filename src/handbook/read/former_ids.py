"""Former ids: what an entry was called before, within its kind or, after a kind and a slash, another."""

from __future__ import annotations

FORMER = "former_ids"
"""Where an entry says which ids it had before."""


def former_name(kind: str, written: str) -> tuple[str, str]:
    """The kind and the id that an entry had.

    Args:
        kind: The kind the entry has now.
        written: One of its former ids: `old-id`, or `checklist/old-id` when it was a checklist before.
    """
    before, _, entry_id = written.rpartition("/")
    return before or kind, entry_id


def former_id(kind: str, name: tuple[str, str]) -> str:
    """The same the other way: what an entry of a kind writes for a kind and an id."""
    return name[1] if name[0] == kind else "/".join(name)
