"""Terminal format of entries."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from handbook.link.catalogue import Entry
from handbook.link.selection import default_columns
from handbook.output.columns import drawn
from handbook.output.entries.records import Records
from handbook.read.schemas.kinds import Kind
from handbook.read.values import value_at

_PIPED = 10_000


def render_list(records: Records, kind: Kind, entries: Iterable[Entry]) -> str:
    """Render a row for each entry, with the columns of the site's own table of the kind."""
    names = ["id", *default_columns(kind)]
    # The longest column is last, where it can wrap.
    names.sort(key=lambda name: name == "summary")
    fields = [{"name": entry.name, **records.of(entry)["fields"]} for entry in entries]
    rows = [[_cell(value_at(each, name.split("."))) for name in names] for each in fields]
    if not rows:
        return f"No {kind.title.lower()} yet.\n"
    return _lines(drawn([[name.upper() for name in names], *rows], _width()))


def render_entry(records: Records, entry: Entry) -> str:
    """Render a row for each field, then the location of the entry and its uses."""
    record = records.of(entry)
    rows = list(_fields(record["fields"], ""))
    users = dict.fromkeys(f"{use['kind']} {use['id']}" for use in record["used_by"])
    rows.append(["location", f"{record['path']}:{record['line']}"])
    rows.append(["used by", ", ".join(users) or "None"])
    return _lines(drawn(rows, _width()))


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


def _width() -> int:
    # Programs that read from a pipe get whole lines.
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else _PIPED
