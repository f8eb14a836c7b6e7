"""JSON format of entries: one object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handbook.link.catalogue import Entry
from handbook.output.as_json import as_json, json_parts
from handbook.output.entries.records import Records
from handbook.read.schemas.kinds import Kind


def render_list(records: Records, kind: Kind, entries: Iterable[Entry]) -> str:
    """Render the entries of a kind."""
    return "".join(list_parts(records, kind, entries))


def list_parts(records: Records, kind: Kind, entries: Iterable[Entry], schema: str = "") -> Iterator[str]:
    """Yield the parts of the text of the entries of a kind.

    Args:
        records: Turns entries into plain values.
        kind: The kind.
        entries: The entries to render.
        schema: The address of the schema that describes the object, if it is published.
    """
    fields = {
        **({"$schema": schema} if schema else {}),
        "kind": kind.name,
        "audience": records.catalogue.gate.audience,
    }
    return json_parts(fields, "entries", map(records.of, entries))


def render_entry(records: Records, entry: Entry) -> str:
    """Render an entry."""
    return as_json(records.of(entry))
