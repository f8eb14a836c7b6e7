"""CSV format of entries: one row for each, which spreadsheets show and never calculate."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from handbook.base.csv_text import csv_value
from handbook.link.catalogue import Entry
from handbook.output.entries.records import Records, columns
from handbook.read.schemas.kinds import Kind
from handbook.read.values import value_at

_EXTRA = ("source_file", "page", "used_by")


def render_list(records: Records, kind: Kind, entries: Iterable[Entry]) -> str:
    """Render a line with the names of the columns, and one line for each entry."""
    names = list(columns(kind.shape, records.catalogue.gate.audience))
    rows = [[*names, *_EXTRA], *(_row(records.of(entry), names) for entry in entries)]
    return "".join(f"{','.join(csv_value(_flat(value)) for value in row)}\n" for row in rows)


def _row(record: dict[str, Any], names: Iterable[str]) -> list[Any]:
    users = dict.fromkeys(f"{use['kind']}/{use['id']}" for use in record["used_by"])
    return [
        *(value_at(record["fields"], name.split(".")) for name in names),
        record["path"],
        record["page"],
        list(users),
    ]


def _flat(value: Any) -> Any:
    """Return a value for one cell: a list of words separated by semicolons, anything deeper as JSON."""
    if isinstance(value, list) and not any(isinstance(item, (list, dict)) for item in value):
        return "; ".join(str(item) for item in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value
