"""Recent changes, from the change notes of the entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.link.catalogue import Entry
from handbook.read.schemas.kinds import Kind

_PARTS = {"version", "date", "note"}


@dataclass(frozen=True, slots=True)
class ChangeNote:
    """One change note.

    Attributes:
        entry: The entry.
        version: The new version.
        day: The date from which it applies.
        note: The description of the change.
    """

    entry: Entry
    version: str
    day: date
    note: str


@figure({})
def latest_changes(basis: Basis, kind: str = "", most: int = 12) -> tuple[ChangeNote, ...]:
    """Show what changed for readers, newest first, from the change notes of the entries.

    - `kind`: the content type, such as `"process"`. Without it, all types with change notes.
    - `most`: the maximum number of changes to show.

    Args:
        basis: The data that figures are calculated from.
        kind: The name of the content type; empty for all.
        most: The maximum number of changes.
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
    """Return whether `changes` holds change notes; in a custom content type it can be something else."""
    changes = kind.shape.properties.get("changes")
    return bool(changes and changes.items and set(changes.items.properties) >= _PARTS)
