"""Select the entries for content rules, and say who has to act."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.sentences import listed
from handbook.read.context import Context
from handbook.read.raw import RawEntry
from handbook.read.values import owner_ids


def sound(context: Context, kind: str) -> Iterator[RawEntry]:
    """Return the entries of a kind that match their schema."""
    return iter(context.sound_by_kind.get(kind, ()))


def ask_owner(entry: RawEntry, to_do: str) -> str:
    """Return advice that names the owners of an entry: "Ask `growth` to …".

    Args:
        entry: The entry or the front matter of a page.
        to_do: What they have to do, as an imperative without its capital.
    """
    owners = [f"`{owner}`" for owner in owner_ids(entry.value)]
    return f"Ask {listed(owners) or 'the owner'} to {to_do}"
