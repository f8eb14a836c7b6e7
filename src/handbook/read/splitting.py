"""Split a source file into its entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from posixpath import basename, splitext
from typing import Any

from handbook.base.findings import MOST_OF_A_FILE
from handbook.base.words import shown
from handbook.read.files import Source
from handbook.read.overrides import OVERRIDES
from handbook.read.raw import Misshapen, RawEntry
from handbook.read.schemas.former_names import with_current_names
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.switched_off import without_values
from handbook.read.schemas.words import with_words
from handbook.read.yaml.document import json_pointer


def split(source: Source, kind: Kind, *, is_collection: bool) -> Iterator[RawEntry | Misshapen]:
    """Yield the entries of a file: a collection if it has the kind's plural, otherwise a single entry."""
    document = source.document
    value = document.value
    if not isinstance(value, dict):
        hint = f"Start with `{kind.plural}:` and a list below it" if is_collection else "Start with `name:`"
        yield no_mapping(source, hint)
        return
    if kind.plural in value:
        yield from _split_collection(source, kind, value)
    elif is_collection:
        first = next(iter(value), "")
        yield Misshapen(
            source,
            partial(document.key_span, (first,)),
            f"Unknown field {shown(first)}, expected `{kind.plural}`",
            f"Use `{kind.plural}:` with a list below it",
            json_pointer((first,)),
        )
    else:
        stem = splitext(basename(source.path))[0]
        filled_in = value if "id" in value else {**value, "id": stem}
        yield from _complete(RawEntry(kind, stem, filled_in, source, (), named_by_file=True))


def _complete(entry: RawEntry) -> Iterator[RawEntry | Misshapen]:
    """Yield an entry as the rest of the engine takes it: with current names, and without `overrides`."""
    said = entry.value.get(OVERRIDES, False)
    if OVERRIDES in entry.value and OVERRIDES not in entry.kind.shape.properties:
        value = {name: each for name, each in entry.value.items() if name != OVERRIDES}
        entry = entry._replace(value=value, overrides=said is True)
        if not isinstance(said, bool):
            place = (*entry.at, OVERRIDES)
            span = partial(entry.source.document.value_span, place)
            message = f"`{OVERRIDES}` must be `true` or `false`"
            yield Misshapen(entry.source, span, message, f"Use `{OVERRIDES}: true`", json_pointer(place))
    yield _with_current_words(entry)


def _with_current_words(entry: RawEntry) -> RawEntry:
    """Return an entry as the settings change it: current names, titles of choices, no fields that are off."""
    shape = entry.kind.shape
    if not (shape.has_former_names or shape.has_words or shape.has_off_fields):
        return entry
    value, former = with_current_names(shape, entry.value)
    keys = {each.current: each.former for each in former if each.is_field}
    entry.source.document.former_keys.update(keys)
    # The field `id` can have a former name, too.
    has_new_id = not entry.named_by_file and isinstance(value.get("id"), str)
    value = with_words(shape, value)
    current = entry._replace(id=value["id"] if has_new_id else entry.id, value=value, former_names=former)
    return without_off(current)


def without_off(entry: RawEntry) -> RawEntry:
    """Return an entry without the fields that are off."""
    value, off = without_values(entry.kind.shape, entry.value)
    return entry._replace(value=value, off=off)


def no_mapping(source: Source, hint: str) -> Misshapen:
    """Return the problem of a file whose content is not a mapping."""
    span = source.document.start_span(())
    return Misshapen(source, span, "The file must start with a field name and a colon", hint)


def _split_collection(source: Source, kind: Kind, value: Mapping[str, Any]) -> Iterator[RawEntry | Misshapen]:
    document = source.document
    for name in value:
        if name != kind.plural:
            yield Misshapen(
                source,
                partial(document.key_span, (name,)),
                f"Unknown field {shown(name)} next to `{kind.plural}`",
                "Remove it, or indent the line if it belongs to an entry",
                json_pointer((name,)),
            )
    items = value[kind.plural]
    if items is None:
        return
    if not isinstance(items, list):
        yield Misshapen(
            source,
            partial(document.key_span, (kind.plural,)),
            f"`{kind.plural}` must be a list",
            "Start each entry with `- id: …`",
            json_pointer((kind.plural,)),
        )
        return
    misshapen = 0
    for index, item in enumerate(items):
        at = (kind.plural, index)
        if isinstance(item, dict):
            entry_id = item.get("id")
            known_id = entry_id if isinstance(entry_id, str) else ""
            yield from _complete(RawEntry(kind, known_id, item, source, at, named_by_file=False))
        elif misshapen <= 2 * MOST_OF_A_FILE:  # No more are shown.
            misshapen += 1
            yield Misshapen(
                source,
                partial(document.value_span, at),
                "An entry must be a mapping of fields",
                "Use `- id: …` with the other fields below it",
                json_pointer(at),
            )
