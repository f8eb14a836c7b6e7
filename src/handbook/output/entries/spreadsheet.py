"""CSV format of entries: one row for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from handbook.link.catalogue import Entry
from handbook.output.entries.records import Records, columns
from handbook.output.tables import csv_lines
from handbook.read.schemas.kinds import Kind
from handbook.read.values import value_at

_EXTRA = ("source_file", "page", "used_by")


def render_list(records: Records, kind: Kind, entries: Iterable[Entry]) -> str:
    """Render a line with the names of the columns, and one line for each entry."""
    return "".join(list_parts(records, kind, entries))


def list_parts(records: Records, kind: Kind, entries: Iterable[Entry]) -> Iterator[str]:
    """Yield these lines."""
    names = list(columns(kind.shape, records.catalogue.gate.audience))
    return csv_lines(chain([[*names, *_EXTRA]], (_row(records.of(entry), names) for entry in entries)))


def _row(record: dict[str, Any], names: Iterable[str]) -> list[Any]:
    users = dict.fromkeys(f"{use['kind']}/{use['id']}" for use in record["used_by"])
    fields = {**record["fields"], "id": record["id"]}
    return [
        *(value_at(fields, name.split(".")) for name in names),
        record["path"],
        record["page"],
        list(users),
    ]
