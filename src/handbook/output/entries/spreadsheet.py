"""CSV format of entries: one row for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from handbook.link.catalogue import Entry
from handbook.output.entries.records import Records, columns, plain
from handbook.output.tables import csv_lines
from handbook.read.schemas.kinds import Kind
from handbook.read.values import value_at
from handbook.read.yaml.document import Pointer

_EXTRA = ("source_file", "page", "used_by")


def render_list(records: Records, kind: Kind, entries: Iterable[Entry]) -> str:
    """Render a line with the names of the columns, and one line for each entry."""
    return "".join(list_parts(records, kind, entries))


def list_parts(records: Records, kind: Kind, entries: Iterable[Entry]) -> Iterator[str]:
    """Yield these lines."""
    names = list(columns(kind.shape, records.catalogue.gate.audience))
    pointers = [name.split(".") for name in names]
    rows = (_row(records, entry, pointers) for entry in entries)
    return csv_lines(chain([[*names, *_EXTRA]], rows))


def _row(records: Records, entry: Entry, pointers: Iterable[Pointer]) -> list[Any]:
    users = dict.fromkeys(f"{use.entry.kind.name}/{use.entry.id}" for use in records.catalogue.uses(entry))
    fields = {**entry.data, "id": entry.id}
    return [
        *(plain(value_at(fields, pointer)) for pointer in pointers),
        entry.path,
        records.page(entry),
        list(users),
    ]
