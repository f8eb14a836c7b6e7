"""The data that figures are calculated from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from handbook.base.needs import Needs, unmet
from handbook.link.catalogue import Catalogue, Entry
from handbook.read.schemas.shapes import Shape
from handbook.read.settings import Settings
from handbook.read.values import value_at


@dataclass(frozen=True, slots=True)
class Basis:
    """Everything that a figure can depend on: the same sources on the same day give the same figures.

    Attributes:
        catalogue: The entries that count.
        settings: The settings of the handbook.
        today: The date that counts as today.
    """

    catalogue: Catalogue
    settings: Settings
    today: date

    def entries(self, kind: str) -> Collection[Entry]:
        """Return the entries of a kind in the order of their IDs; none if the site doesn't have the kind."""
        return self.catalogue.entries(kind).values() if kind in self.catalogue.kinds else ()

    def referred(self, entry: Entry, path: str, name: str | None) -> Entry | None:
        """Return the entry that a value refers to, or `None`.

        Args:
            entry: The entry with the value.
            path: The field of the value; `steps.role` is a field of the items of a list.
            name: The value, an ID.
        """
        shape: Shape | None = entry.kind.shape
        for field in path.split("."):
            shape = (shape.items or shape).field(field) if shape else None
        refs = (shape.items or shape).refs if shape else ()
        return self.catalogue.resolve(refs, name) if name else None

    def meets(self, needs: Needs) -> bool:
        """Return whether the site has these kinds and fields."""
        return not unmet(needs, self.catalogue.kinds)


def choice_index(entry: Entry, field: str) -> int:
    """Return the position of a value among the choices of its field. Other values come after them.

    Args:
        entry: The entry.
        field: The field; `rollout.state` is a field of a mapping.
    """
    shape: Shape | None = entry.kind.shape
    for part in field.split("."):
        shape = shape.field(part) if shape else None
    choices = shape.choices if shape else ()
    value = value_at(entry.data, field.split("."))
    return choices.index(value) if value in choices else len(choices)


def used_values(entries: Collection[Entry], field: str) -> Sequence[str]:
    """Return the values of a field that entries have, in the order of its choices."""
    ordered = sorted(entries, key=lambda entry: choice_index(entry, field))
    found = (value_at(entry.data, field.split(".")) for entry in ordered)
    return list(dict.fromkeys(value for value in found if value is not None))
