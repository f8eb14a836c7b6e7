"""Replace names of fields and words, such as IDs, in a YAML file. Everything else in it stays unchanged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.base.span import Span
from handbook.read.schemas.former_names import FormerName
from handbook.read.yaml.changes import Change, changed
from handbook.read.yaml.document import Document, Pointer, read_text
from handbook.write.changed_values import is_same
from handbook.write.encoding import encoded
from handbook.write.errors import NotWrittenError
from handbook.write.scalars import written

_PROPERTIES = re.compile(r"(?:[&!]\S+[ \t]+)+")
_WORD = re.compile(r"[\w/-]+")
"""A text that reads the same in any quotes."""


class Renamed(NamedTuple):
    """A name that was replaced.

    Attributes:
        name: The name.
        span: Its place before the change.
    """

    name: FormerName
    span: Span


def with_new_names(
    data: bytes, path: str, document: Document, names: Iterable[tuple[Pointer, FormerName]]
) -> tuple[bytes, Sequence[Renamed]]:
    """Return a file with the current names.

    Args:
        data: The file.
        path: The name of the file in messages.
        document: Its content.
        names: The former names, each with the place of its entry in the file.

    Raises:
        NotWrittenError: The names can't be replaced without another change.
    """
    places: dict[Change, Renamed] = {}
    value = document.value
    # The deepest first: a renamed field is on the way to what is in it.
    for at, name in sorted(names, key=lambda each: -len(each[1].pointer)):
        pointer = (*at, *name.pointer)
        span = document.key_span(pointer) if name.is_field else document.value_span(pointer)
        places[_change(document, span, name.current)] = Renamed(name, span)
        value = _replaced(value, pointer, name.current, is_key=name.is_field)
    text = _checked(changed(document.text, places), value, path)
    after = encoded(data, document, text)
    if after is None:
        raise NotWrittenError(f"{path} is not UTF-8, or it has changed. Save it as UTF-8")
    return after, [places[change] for change in sorted(places)]


def with_texts(document: Document, path: str, texts: Mapping[tuple[str | int, ...], str]) -> str:
    """Return a YAML text with other words, such as IDs, at some places. Their quotes stay.

    Args:
        document: The text.
        path: The name of its file in messages.
        texts: The new words, by place.

    Raises:
        NotWrittenError: They can't be replaced without another change.
    """
    value = document.value
    changes = set()
    for pointer, text in texts.items():
        changes.add(_change(document, document.value_span(pointer), text))
        value = _replaced(value, pointer, text, is_key=False)
    return _checked(changed(document.text, changes), value, path)


def _change(document: Document, span: Span, text: str) -> Change:
    """Return the replacement of a word, with the quotes that it has."""
    start = document.offset(span)
    raw = document.text[start : start + span.end_column - span.column]
    anchor = _PROPERTIES.match(raw)
    start, raw = (start + anchor.end(), raw[anchor.end() :]) if anchor else (start, raw)
    quote = raw[:1] if raw[:1] in {'"', "'"} and raw[-1:] == raw[:1] else ""
    new = f"{quote}{text}{quote}" if quote and _WORD.fullmatch(text) else written(text)
    return Change(start, start + len(raw), new)


def _checked(text: str, value: Any, path: str) -> str:
    result = read_text(text)
    if result.faults or not is_same(result.value, value):
        raise NotWrittenError(f"Could not rename fields in {path}. Rename them as `handbook validate` says")
    return text


def _replaced(value: Any, pointer: Pointer, text: str, *, is_key: bool) -> Any:
    """Return a value with one key or text replaced."""
    if not pointer:
        return text
    first, *rest = pointer
    if isinstance(value, list):
        return [
            _replaced(part, rest, text, is_key=is_key) if index == first else part
            for index, part in enumerate(value)
        ]
    if is_key and not rest:
        return {text if key == first else key: part for key, part in value.items()}
    return {
        key: _replaced(part, rest, text, is_key=is_key) if key == first else part
        for key, part in value.items()
    }
