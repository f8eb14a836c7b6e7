"""What changed lately, as the change notes of the entries have it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handbook.figures.basis import Basis
from handbook.link.catalogue import Entry
from handbook.read.kinds import Kind

_PARTS = {"version", "date", "note"}


@dataclass(frozen=True, slots=True)
class ChangeNote:
    """One change note.

    Attributes:
        entry: The entry.
        version: The version it came with.
        day: The first day it applied.
        note: What is different from then on.
    """

    entry: Entry
    version: str
    day: date
    note: str


def latest_changes(basis: Basis, kind: str = "", most: int = 12) -> tuple[ChangeNote, ...]:
    """What changed for readers, newest first, as the change notes of the entries have it.

    - `kind`: the name of the kind, such as `"process"`. Without it, all that have change notes.
    - `most`: how many changes to show at most.

    Args:
        basis: What figures are worked out from.
        kind: The name of the kind to keep to; empty for all.
        most: How many changes to give at most.
    """
    entries = basis.catalogue.entries(kind).values() if kind else basis.catalogue.all()
    found = [
        ChangeNote(entry, change["version"], date.fromisoformat(change["date"]), change["note"])
        for entry in entries
        if _has_notes(entry.kind)
        for change in entry.data.get("changes", ())
        if date.fromisoformat(change["date"]) <= basis.today
    ]
    return tuple(sorted(found, key=lambda change: change.day, reverse=True)[:most])


def _has_notes(kind: Kind) -> bool:
    """Whether its `changes` are change notes; in a kind of the company's own they may be something else."""
    changes = kind.shape.properties.get("changes")
    return bool(changes and changes.items and set(changes.items.properties) >= _PARTS)
