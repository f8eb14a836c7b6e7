"""Entries for programs: one JSON object."""

from __future__ import annotations

from collections.abc import Iterable

from handbook.link.catalogue import Entry
from handbook.read.kinds import Kind
from handbook.report.as_json import as_json
from handbook.report.entries.records import Records


def render_list(records: Records, kind: Kind, entries: Iterable[Entry], schema: str = "") -> str:
    """The entries of a kind.

    Args:
        records: Says the entries.
        kind: The kind.
        entries: Those to say.
        schema: The address of the schema that describes the object, when it is there to be found.
    """
    return as_json(
        {
            **({"$schema": schema} if schema else {}),
            "kind": kind.name,
            "audience": records.catalogue.gate.audience,
            "entries": [records.of(entry) for entry in entries],
        }
    )


def render_entry(records: Records, entry: Entry) -> str:
    """One entry."""
    return as_json(records.of(entry))
