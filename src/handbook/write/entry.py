"""A new entry: refused when it has no place, written otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from handbook.check.context import Context
from handbook.check.schema_problems import schema_problems
from handbook.check.words import shown, suggestion
from handbook.read.kinds import Kind
from handbook.write.beginning import HISTORY, TODO, beginning
from handbook.write.errors import NotWrittenError
from handbook.write.layout import entry_lines
from handbook.write.place import NewText, with_entry

_ID = re.compile(r"[\w-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry to be written.

    Attributes:
        kind: Its kind.
        file: The file with it.
        unwritten: The fields whose text only a person knows.
        chosen: The fields whose value fits, and may not be the right one.
    """

    kind: Kind
    file: NewText
    unwritten: tuple[str, ...]
    chosen: tuple[str, ...]


def new_entry(context: Context, kind_name: str, entry_id: str) -> NewEntry:
    """A new entry.

    Args:
        context: The site it comes into.
        kind_name: The name of its kind.
        entry_id: Its id.

    Raises:
        NotWrittenError: There is no such kind, the id cannot be used, or the file cannot be added to.
    """
    if context.schema_problems:
        raise NotWrittenError("a schema is wrong; `handbook validate` says where, mend that first")
    kind = context.kinds.get(kind_name)
    if kind is None:
        hint = suggestion(kind_name, context.kinds)
        raise NotWrittenError("; ".join(filter(None, (f"there is no kind {shown(kind_name)}", hint))))
    _see_that_it_fits(kind, entry_id)
    _see_that_it_is_free(context, kind, entry_id)
    ids = {name: [each for each in found if _ID.fullmatch(each)] for name, found in context.ids.items()}
    start = beginning(kind, entry_id, ids, context.today)
    lines = entry_lines(kind.shape, start, ids)
    said = list(_leaves(start.required))
    return NewEntry(
        kind,
        with_entry(context, kind, entry_id, lines, start.required),
        tuple(dict.fromkeys(name for name, value in said if _is_todo(value))),
        tuple(dict.fromkeys(f"{name}" for name, value in said if not _is_todo(value))),
    )


def _see_that_it_fits(kind: Kind, entry_id: str) -> None:
    for problem in schema_problems(kind.validator, kind.shape, {"id": entry_id}):
        if tuple(problem.pointer) == ("id",):
            raise NotWrittenError(f"{problem.message}; {problem.hint}")


def _see_that_it_is_free(context: Context, kind: Kind, entry_id: str) -> None:
    for entry in context.entries:
        former = entry.value.get(HISTORY)
        if entry.kind is kind and entry_id in (entry.id, *(former if isinstance(former, list) else ())):
            line = entry.source.document.value_span(entry.at).line
            where = f"{entry.source.path}:{line}"
            if entry.id == entry_id:
                raise NotWrittenError(f"the id `{entry_id}` is taken: {where} has it; choose another one")
            raise NotWrittenError(
                f"the id `{entry_id}` was that of `{entry.id}` ({where}), and old links lead there; "
                "choose another one"
            )


def _leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """The values that are no lists or mappings, with the names of the fields that lead there."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _leaves(part, f"{name}.{key}" if name else key)
    elif isinstance(value, list):
        for part in value:
            yield from _leaves(part, name)
    else:
        yield name, value


def _is_todo(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(TODO)
