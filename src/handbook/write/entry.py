"""Create a new entry, or refuse it if it cannot be placed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from handbook.base.language import speaking
from handbook.base.words import shown, suggestion
from handbook.read.context import Context
from handbook.read.languages import make_language
from handbook.read.overrides import OVERRIDES
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.mistakes import schema_problems
from handbook.write.beginning import TODO, beginning
from handbook.write.draft import Draft
from handbook.write.editor import outdated_ids
from handbook.write.errors import NotWrittenError
from handbook.write.files import Changes
from handbook.write.layout import entry_lines
from handbook.write.place import Place, add_entry

_ID = re.compile(r"[\w-]+", re.ASCII)
_FILE_NAME = re.compile(r"[\w-][\w.-]*")
"""An ID that is no path, whatever a schema of the company allows."""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry to be written.

    Attributes:
        kind: Its kind.
        place: Its place.
        changes: The changed files.
        unwritten: The fields with a placeholder for text.
        chosen: The fields with a valid value that might not be the right one.
    """

    kind: Kind
    place: Place
    changes: Changes
    unwritten: tuple[str, ...]
    chosen: tuple[str, ...]


def new_entry(context: Context, kind_name: str, entry_id: str) -> NewEntry:
    """Prepare a new entry.

    Args:
        context: The site.
        kind_name: The name of the kind.
        entry_id: The ID; in a namespace, with the namespace and a slash first.

    Raises:
        NotWrittenError: The kind or the namespace is unknown, the ID cannot be used, or the file cannot be
            extended.
    """
    if context.schema_problems:
        raise NotWrittenError("A schema is invalid. Run `handbook validate` and fix the errors first.")
    draft = Draft(context)
    kind = draft.kind(kind_name)
    name = check_new_id(context, kind, entry_id)
    ids = {name: [each for each in found if _ID.fullmatch(each)] for name, found in context.ids.items()}
    start = beginning(kind, name, ids, context.today)
    with speaking(make_language(context.site.language, context.settings.words)):
        lines = entry_lines(kind.shape, start, ids)
        place = add_entry(draft, kind, entry_id, lines)
    leaves = list(_leaves(start.required))
    added = [entry for entry in [draft.find(kind, entry_id)] if entry]
    return NewEntry(
        kind,
        place,
        {**draft.changes, **outdated_ids(context._replace(entries=[*context.entries, *added]))},
        tuple(dict.fromkeys(name for name, value in leaves if _is_todo(value))),
        tuple(dict.fromkeys(f"{name}" for name, value in leaves if not _is_todo(value))),
    )


def check_new_id(context: Context, kind: Kind, entry_id: str) -> str:
    """Return the ID of a new entry without its namespace, if a new entry can have it.

    Raises:
        NotWrittenError: It can't.
    """
    namespaces = context.settings.namespaces
    namespace, _, name = entry_id.rpartition("/") if namespaces else ("", "", entry_id)
    if namespace and namespace not in namespaces:
        raise NotWrittenError(f"Unknown namespace {shown(namespace)}. {suggestion(namespace, namespaces)}")
    _check_form(kind, name)
    if not _FILE_NAME.fullmatch(name):
        raise NotWrittenError(f"Invalid ID {shown(name)}. Use letters, digits and hyphens")
    _check_unused(context, kind, entry_id)
    return name


def _check_form(kind: Kind, entry_id: str) -> None:
    for problem in schema_problems(kind.validator, kind.shape, {"id": entry_id}):
        if tuple(problem.pointer) == ("id",):
            raise NotWrittenError(f"{problem.message}. {problem.hint}")


def _check_unused(context: Context, kind: Kind, entry_id: str) -> None:
    entry = context.ids.get(kind.name, {}).get(entry_id) or context.former.get((kind.name, entry_id))
    if entry is None:
        return
    where = f"{entry.source.path}:{entry.source.document.value_span(entry.at).line}"
    if entry.kind.name != kind.name or entry.id != entry_id:
        raise NotWrittenError(
            f"ID `{entry_id}` is a former ID of `{entry.id}` ({where}), and old links redirect there. "
            "Use another one"
        )
    if context.site.layer_of(entry.source.path):
        raise NotWrittenError(
            f"ID `{entry_id}` is already used in {where}, in a handbook that this one extends. "
            f"Change it there, or copy the entry to this handbook with `{OVERRIDES}: true`"
        )
    raise NotWrittenError(f"ID `{entry_id}` is already used in {where}. Use another one")


def _leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the scalar values with the names of their fields."""
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
