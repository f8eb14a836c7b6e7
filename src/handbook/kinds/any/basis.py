"""The data that figures are calculated from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from handbook.base.needs import Needs, unmet
from handbook.link.catalogue import Catalogue, Entry
from handbook.read.schemas.shapes import Shape
from handbook.read.settings import Settings


@dataclass(frozen=True, slots=True)
class Basis:
    """Everything that a figure can depend on: the same sources on the same day give the same figures.

    Attributes:
        catalogue: The entries.
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
    """Return the position of a value among the choices of its field. Other values come after them."""
    shape = entry.kind.shape.field(field)
    choices = shape.choices if shape else ()
    value = entry.data.get(field)
    return choices.index(value) if value in choices else len(choices)


def used_values(entries: Collection[Entry], field: str) -> Sequence[str]:
    """Return the values of a field that entries have, in the order of its choices."""
    ordered = sorted(entries, key=lambda entry: choice_index(entry, field))
    return list(dict.fromkeys(entry.data[field] for entry in ordered if field in entry.data))
