"""Entries for people at a terminal."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from handbook.link.catalogue import Entry
from handbook.read.kinds import Kind
from handbook.report.columns import drawn
from handbook.report.entries.records import Records, value_at
from handbook.view.tables import default_columns

_PIPED = 10_000


def render_list(records: Records, kind: Kind, entries: Iterable[Entry]) -> str:
    """A row for each entry, with what the site's own table of the kind shows of it."""
    names = ["id", *default_columns(kind)]
    # The longest stands last, where it may go on over several lines.
    names.sort(key=lambda name: name == "summary")
    fields = [{"name": entry.name, **records.of(entry)["fields"]} for entry in entries]
    rows = [[_cell(value_at(each, name)) for name in names] for each in fields]
    if not rows:
        return f"There are no {kind.title.lower()}.\n"
    return _lines(drawn([[name.upper() for name in names], *rows], _width()))


def render_entry(records: Records, entry: Entry) -> str:
    """A row for each field, and below them where the entry stands and what refers to it."""
    said = records.of(entry)
    rows = list(_fields(said["fields"], ""))
    users = dict.fromkeys(f"{use['kind']} {use['id']}" for use in said["used_by"])
    rows.append(["stands in", f"{said['path']}:{said['line']}"])
    rows.append(["used by", ", ".join(users) or "nothing"])
    return _lines(drawn(rows, _width()))


def _fields(value: Any, name: str) -> Iterator[list[str]]:
    """Names as they are written in YAML, with a dot between the levels and items counted from one."""
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
        # Sentences stand each on a line of its own.
        return ("\n" if any(" " in part for part in parts) else ", ").join(parts)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _width() -> int:
    # What goes into a pipe is for a program: it gets whole lines.
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else _PIPED
