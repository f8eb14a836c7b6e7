"""A mapping: what an import has to know, kept in `imports/` for the next time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from handbook.base.errors import HandbookError
from handbook.base.named_tuples import NamedTuple
from handbook.base.words import Names, one_of, shown, suggestion
from handbook.imports.dates import DAY_FIRST, MONTH_FIRST
from handbook.read.plain_file import UnusableError, read_plain_file
from handbook.read.yaml.document import read_document
from handbook.write.lines import Writer

FOLDER = "imports"
"""The folder of mappings and of what imports wrote, at the top of a site."""

CREATED = ("teams", "roles", "words", "fields", "namespaces")
"""What an import creates with consent."""

_REMEMBERED = frozenset(CREATED) - {"fields"}
"""What the consent of last time goes on for. A new column becomes a field only if people say so again."""

_NAME = re.compile(r"\w[\w .-]*")
_FIELDS = {
    "kind": str,
    "key": str,
    "sheet": str,
    "records": list,
    "columns": dict,
    "set": dict,
    "values": dict,
    "create": list,
    "currency": str,
    "period": str,
    "dates": str,
    "leave_out": bool,
    "name": str,
    "only": dict,
}
_HEAD = (
    "# How `handbook import` reads a file: the field of each column, and what was decided.\n"
    "# You can change it. `null` leaves a column out.\n"
)


class MappingError(HandbookError):
    """Raised for a mapping that can't be used."""


class Mapped(NamedTuple):
    """A mapping.

    Attributes:
        path: Its file in the site, where it is kept.
        columns: The path of the field of each column; `None` to leave it out. A title with `*` at its end is
            that of all columns that start like it.
        key: The column that identifies a row; empty for that of the name.
        sheet: The sheet of a spreadsheet.
        records: The lists that lead to the records; `None` to guess them.
        set: The values of fields that the file leaves empty, by path.
        values: The values of words in cells, by column.
        create: What to create if it is missing; `field_for` a column is that of one column only.
        currency: The currency of amounts without one.
        period: The period of amounts without one.
        dates: The order of day and month.
        leave_out: Whether to leave out what can't be read.
        name: The name of the entry, if the whole file is one.
        only: The words of the rows to import, by column; by default, all rows are.
    """

    path: str
    columns: Mapping[str, str | None] = MappingProxyType({})
    key: str = ""
    sheet: str = ""
    records: Sequence[str] | None = None
    set: Mapping[str, Any] = MappingProxyType({})
    values: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    create: Sequence[str] = ()
    currency: str = ""
    period: str = ""
    dates: str = ""
    leave_out: bool = False
    name: str = ""
    only: Mapping[str, Sequence[str]] = MappingProxyType({})

    def text(self, kind: str) -> str:
        """Return the mapping as a new file."""
        return _HEAD + "".join(f"{line}\n" for line in Writer().fields(self.value(kind)))

    def value(self, kind: str) -> dict[str, Any]:
        """Return the mapping as the value of a file."""
        value = {
            "kind": kind,
            **self._replace(records=list(self.records) if self.records else None)._asdict(),
        }
        value["create"] = [each for each in self.create if each in _REMEMBERED]
        return {name: value[name] for name in _FIELDS if value.get(name)}


def field_for(column: str) -> str:
    """Return the consent to a field of the company's own for one column. It isn't remembered."""
    return f"field for {column}"


def read_mapping(root: Path, name: str, kind: str) -> Mapped:
    """Return a mapping by its name: a file of the site, one in `imports/`, or one that comes with the engine.

    A new name is that of a new mapping, unless it can only be a misspelling of a known one.

    Args:
        root: The folder of the site.
        name: Its name or path.
        kind: The kind of the import, which it must be for.

    Raises:
        MappingError: Its name is misspelt, or it is invalid.
    """
    is_path = name.endswith((".yaml", ".yml"))
    path = name if is_path else f"{FOLDER}/{name}.yaml"
    if not (root / path).resolve().is_relative_to(root.resolve()):
        raise MappingError(f"{path} is outside the handbook", f"Move it to `{FOLDER}/`")
    shipped = files("handbook.imports") / "presets" / f"{name}.yaml"
    if (root / path).exists():
        try:
            return _checked(read_plain_file(root / path), path, kind)
        except UnusableError as error:
            raise MappingError(f"{path}: {error.fault.message}", f"{error.fault.hint}.") from error
    if not is_path and shipped.is_file():
        return _checked(shipped.read_bytes(), path, kind)
    known = [*preset_names(), *(each.stem for each in sorted((root / FOLDER).glob("*.yaml")))]
    near = Names(known).certain(name)
    if is_path or near or not _NAME.fullmatch(name):
        hint = f"Did you mean `{near}`? A new mapping needs another name" if near else suggestion(name, known)
        raise MappingError(f"Unknown mapping {shown(name)}", hint)
    return Mapped(path)


def preset_names() -> list[str]:
    """Return the names of the mappings that come with the engine."""
    folder = files("handbook.imports") / "presets"
    return sorted(each.name.removesuffix(".yaml") for each in folder.iterdir() if each.name.endswith(".yaml"))


def _checked(data: bytes, path: str, kind: str) -> Mapped:
    document = read_document(data)
    for fault in document.faults[:1]:
        span = document.fault_span(fault)
        raise MappingError(f"{path}:{span.line}:{span.column}: {fault.message}", fault.hint)
    value: Any = document.value
    if not isinstance(value, dict):
        raise MappingError(f"{path}: A mapping must have fields", f"Start with `kind: {kind}`")
    for name, part in value.items():
        span = document.key_span((name,))
        place = f"{path}:{span.line}:{span.column}"
        if name not in _FIELDS:
            raise MappingError(f"{place}: Unknown field {shown(name)}", suggestion(str(name), _FIELDS))
        if not isinstance(part, _FIELDS[name]):
            expected = {dict: "a mapping", list: "a list", bool: "`true` or `false`"}.get(
                _FIELDS[name], "a text"
            )
            raise MappingError(f"{place}: `{name}` must be {expected}")
    _check_words(value, path, kind)
    given = {name: part for name, part in value.items() if name != "kind"}
    create = [each for each in value.get("create", ()) if each in _REMEMBERED]
    return Mapped(path, **{**given, "create": create})


def _check_words(value: Mapping[str, Any], path: str, kind: str) -> None:
    if value.get("kind", kind) != kind:
        raise MappingError(
            f"{path}: The mapping is for {shown(value['kind'])}", f"Run `handbook import {value['kind']}`"
        )
    for each in value.get("create", ()):
        if each not in CREATED:
            raise MappingError(f"{path}: `create` can't have {shown(each)}", f"Use {one_of(CREATED)}")
    if value.get("dates", DAY_FIRST) not in (DAY_FIRST, MONTH_FIRST):
        raise MappingError(f"{path}: `dates` must be `{DAY_FIRST}` or `{MONTH_FIRST}`")
    for column, words in value.get("values", {}).items():
        if not isinstance(words, dict):
            raise MappingError(f"{path}: `values` of {shown(column)} must be a mapping of words to values")
