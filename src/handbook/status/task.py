"""A decision that is still to be made, as data for the page, the command and scripts."""

from __future__ import annotations

from collections.abc import Iterable

from handbook.base.named_tuples import NamedTuple
from handbook.link.catalogue import Entry


class Place(NamedTuple):
    """Where to write a decision.

    Attributes:
        path: The file, relative to the folder of the site.
        line: The line, counted from 1.
        name: What it is about there, such as the name of an entry; empty for the whole file.
    """

    path: str
    line: int = 1
    name: str = ""


class Task(NamedTuple):
    """A decision that is still to be made.

    Attributes:
        id: Its name for scripts.
        title: What to do.
        why: Why it matters, and how to do it.
        places: Where; none if the file doesn't exist yet.
    """

    id: str
    title: str
    why: str
    places: tuple[Place, ...] = ()


def places_of(entries: Iterable[Entry]) -> tuple[Place, ...]:
    """Return the places of entries in their files."""
    return tuple(Place(entry.path, entry.span.line, entry.name) for entry in entries)
