"""What an import wrote last time, so that the next one knows what people changed since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.imports.mapping import MappingError
from handbook.read.context import Context
from handbook.read.plain_file import UnusableError, read_plain_file

_VERSION = 1
_SUFFIX = ".lock.json"


class Recorded(NamedTuple):
    """What is known of an entry.

    Attributes:
        key: What identifies its row in the file.
        fields: The digest of the value of each field that the import wrote, by JSON pointer.
        is_added: Whether an import added it; otherwise it was there before.
        gone: The state that it had before it vanished from the file; `None` if it is there.
    """

    key: str
    fields: Mapping[str, str] = MappingProxyType({})
    is_added: bool = False
    gone: str | None = None


def record_path(mapping: str) -> str:
    """Return the path of the record next to a mapping."""
    return mapping.rpartition(".")[0] + _SUFFIX


def digest(value: Any) -> str:
    """Return what stays the same as long as a value does. A line end at its end doesn't count."""
    return hashlib.sha256(json.dumps(_plain(value), sort_keys=True).encode()).hexdigest()[:8]


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.rstrip("\n")
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list) else value


def read_record(root: Path, path: str) -> dict[str, Recorded]:
    """Return what an import wrote last time, by the ID of each entry; empty before the first.

    Raises:
        MappingError: The file can't be read.
    """
    if not (root / path).exists():
        return {}
    hint = "If git left marks of a merge in it, keep the lines of both sides"
    try:
        found = json.loads(read_plain_file(root / path))
        return {name: _recorded(each) for name, each in found["entries"].items()}
    except UnusableError as error:
        raise MappingError(f"{path}: {error.fault.message}", error.fault.hint) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise MappingError(f"{path}: The record of the last import is invalid", hint) from error


def _recorded(value: Mapping[str, Any]) -> Recorded:
    """Return what a line of the record says.

    Raises:
        TypeError: It has another form.
    """
    fields: Any = value.get("fields", {})
    is_added: Any = value.get("new", False)
    gone: Any = value.get("gone")
    texts = [value["from"], *([] if gone is None else [gone]), *fields.keys(), *fields.values()]
    if not isinstance(is_added, bool) or not all(isinstance(each, str) for each in texts):
        message = "Fields of other types"
        raise TypeError(message)
    return Recorded(value["from"], fields, is_added, gone)


def with_current_ids(record: Mapping[str, Recorded], context: Context, kind: str) -> dict[str, Recorded]:
    """Return a record with the IDs that people have given the entries since."""
    ids = context.ids.get(kind, {})
    renamed = {each: context.former.get((kind, each)) for each in record if each not in ids}
    current = {old: entry.id for old, entry in renamed.items() if entry and entry.kind.name == kind}
    return {current.get(entry_id, entry_id): each for entry_id, each in record.items()}


def record_text(kind: str, entries: Mapping[str, Recorded]) -> str:
    """Return a record as a file with one line for each entry, so that git can merge it."""
    lines = []
    for name, each in sorted(entries.items()):
        value: dict[str, Any] = {"from": each.key}
        value |= {"new": True} if each.is_added else {}
        value |= {"gone": each.gone} if each.gone is not None else {}
        value |= {"fields": dict(sorted(each.fields.items()))} if each.fields else {}
        lines.append(f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}")
    body = ",\n".join(lines)
    return f'{{"version": {_VERSION}, "kind": {json.dumps(kind)}, "entries": {{\n{body}\n}}}}\n'
