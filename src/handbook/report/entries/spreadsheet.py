"""Entries as CSV, a row for each, which spreadsheets show and never calculate."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from handbook.link.catalogue import Entry
from handbook.read.kinds import Kind
from handbook.report.entries.records import Records, columns, value_at
from handbook.view.downloads import csv_value

_BESIDE = ("source_file", "page", "used_by")


def render_list(records: Records, kind: Kind, entries: Iterable[Entry]) -> str:
    """A line with the names of the columns, and one for each entry."""
    names = list(columns(kind.shape, records.catalogue.gate.audience))
    rows = [[*names, *_BESIDE], *(_row(records.of(entry), names) for entry in entries)]
    return "".join(f"{','.join(csv_value(_flat(value)) for value in row)}\n" for row in rows)


def _row(said: dict[str, Any], names: Iterable[str]) -> list[Any]:
    users = dict.fromkeys(f"{use['kind']}/{use['id']}" for use in said["used_by"])
    return [*(value_at(said["fields"], name) for name in names), said["path"], said["page"], list(users)]


def _flat(value: Any) -> Any:
    """A value in one cell: lists of words with semicolons between them, anything deeper as JSON."""
    if isinstance(value, list) and not any(isinstance(item, (list, dict)) for item in value):
        return "; ".join(str(item) for item in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value
