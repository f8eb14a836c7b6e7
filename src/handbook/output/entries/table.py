"""Terminal format of entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from handbook.base.table import Column, Table
from handbook.link.catalogue import Entry
from handbook.link.selection import default_columns
from handbook.output.entries.records import Records, plain
from handbook.output.tables import text_rows, text_table
from handbook.read.schemas.kinds import Kind
from handbook.read.values import value_at


def render_list(_: Records, kind: Kind, entries: Iterable[Entry]) -> str:
    """Render a row for each entry, with the columns of the site's own table of the kind."""
    names = ["id", *default_columns(kind)]
    fields = [{**plain(entry.data), "id": entry.id, "name": entry.name} for entry in entries]
    if not fields:
        return f"No {kind.title.lower()} yet.\n"
    columns = [Column(name.upper(), is_long=name == "summary") for name in names]
    rows = [[_cell(value_at(each, name.split("."))) for name in names] for each in fields]
    return _lines(text_table(Table(kind.title, columns, rows)))


def render_entry(records: Records, entry: Entry) -> str:
    """Render a row for each field, then the location of the entry and its uses."""
    record = records.of(entry)
    rows = list(_fields({**record["fields"], "id": entry.id}, ""))
    users = dict.fromkeys(f"{use['kind']} {use['id']}" for use in record["used_by"])
    rows.append(["location", f"{record['path']}:{record['line']}"])
    rows.append(["used by", ", ".join(users) or "None"])
    return _lines(text_rows(rows))


def _fields(value: Any, name: str) -> Iterator[list[str]]:
    """Yield the fields with their YAML names: dots between levels, and items counted from one."""
    if isinstance(value, Mapping):
        for part, below in value.items():
            yield from _fields(below, f"{name}.{part}" if name else part)
    elif isinstance(value, list) and any(isinstance(item, (dict, list)) for item in value):
        for number, item in enumerate(value, 1):
            yield from _fields(item, f"{name}[{number}]")
    else:
        yield [name, _cell(value)]


def _cell(value: Any) -> str:
    if isinstance(value, list):
        parts = list(map(_cell, value))
        # Each sentence gets a line.
        return ("\n" if any(" " in part for part in parts) else ", ").join(parts)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"
