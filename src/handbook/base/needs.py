"""What a rule or a figure needs from the schemas of a site, which may be the site's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

Needs = Mapping[str, Sequence[str]]
"""The needed kinds with their fields; `seats.active` is a field of a field, or of the items of a list."""


class Fields(Protocol):
    """The part of a shape that tells which fields a schema has."""

    @property
    def items(self) -> Fields | None:
        """Return the shape of a list's items."""

    def field(self, name: str) -> Fields | None:
        """Return the shape of a field."""


class Described(Protocol):
    """The part of a kind that leads to its fields."""

    @property
    def shape(self) -> Fields:
        """Return the shape of an entry."""


def unmet(needs: Needs, kinds: Mapping[str, Described]) -> str:
    """Return the first need that a site's schemas don't meet, such as ``no field `tool.owner` ``.

    Args:
        needs: The kinds and their fields.
        kinds: The kinds of the site, by name.

    Returns:
        The missing kind or field in words; empty if there is everything.
    """
    for name, fields in needs.items():
        if name not in kinds:
            return f"no content type `{name}`"
        for path in fields:
            if not _has(kinds[name].shape, path):
                return f"no field `{name}.{path}`"
    return ""


def _has(shape: Fields, path: str) -> bool:
    below: Fields | None = shape
    for name in path.split("."):
        below = (below.items or below).field(name) if below else None
    return below is not None
