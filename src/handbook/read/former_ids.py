"""Former IDs of entries: `old-id` within the same kind and namespace, or `kind/old-id` in another.

In a namespace, that is `kind/namespace/old-id`.
"""

from __future__ import annotations

FORMER = "former_ids"
"""The field of an entry with its former IDs."""


def former_name(kind: str, written: str) -> tuple[str, str]:
    """Return the former kind and ID of an entry.

    Args:
        kind: The current kind of the entry.
        written: One of its former IDs: `old-id`, or `checklist/old-id` if it was a checklist before.
    """
    before, slash, entry_id = written.partition("/")
    return (before, entry_id) if slash else (kind, written)


def former_id(kind: str, name: tuple[str, str]) -> str:
    """Return the spelling of a former kind and ID in an entry of a kind."""
    return name[1] if name[0] == kind and "/" not in name[1] else "/".join(name)
