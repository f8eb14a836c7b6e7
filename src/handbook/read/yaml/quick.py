"""Read files without unusual content the fast way.

Composing nodes with their places costs more than all the rest of a check, and places are rarely needed. So
values are built from libyaml's events alone. Everything unusual, such as a tag, an anchor, a duplicate key or
an error, is left to the slow way, which decides all these cases.
"""

from __future__ import annotations

from collections.abc import Callable
from sys import intern
from typing import Any, TypeAlias

from yaml import YAMLError
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # it is there, the stubs do not export it
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from handbook.base.collector import collector_paused
from handbook.read.yaml.composing import BARE_TAG
from handbook.read.yaml.decoding import FORBIDDEN
from handbook.read.yaml.limits import LINE_END, MAX_DEPTH, most_nodes
from handbook.read.yaml.scalars import NumberTooLongError, Scalar, Value, resolve_plain

_INTERNED = 25
"""The length up to which a text, such as an ID, is the same object in all files. Longer ones hardly recur."""
_OF_ROOT = MAX_DEPTH - 3
"""The levels that are left in a list of the outermost mapping."""


class UnusualError(Exception):
    """Raised for a text that must be read the slow way."""


Stretch: TypeAlias = tuple[int, int]
"""The start and the end of a part of a text."""
Marks: TypeAlias = tuple[list[Stretch], int, dict[str, list[int]]]
"""Places: of scalars that contain `#`, of the start of the value, and of the items of its lists by name."""


def read_quickly(text: str) -> tuple[Value, Marks | None]:
    """Return the value of a valid document without unusual content.

    Returns:
        The value, and the places that most runs need: a `#` that isn't in a scalar starts a comment.
        `None` instead of the places if they are unclear.

    Raises:
        UnusualError: The text is invalid, or might contain unusual content.
    """
    if BARE_TAG.search(text):
        raise UnusualError
    try:
        with collector_paused():
            if text.startswith("{"):
                from handbook.read.yaml.json_text import read_json  # noqa: PLC0415 - few files are JSON

                value = read_json(text)
                if value is not None:
                    return value, None
            reader = _Reader(CParser(_Pieces(text)).get_event, text)
            return reader.document(), reader.marks
    except (YAMLError, NumberTooLongError) as error:
        raise UnusualError from error


def stretch(text: str, scalar: Any) -> Stretch:
    """Return the start and the end of a scalar, as a node or an event; for a block, after its mark."""
    start = scalar.start_mark.index
    # A comment can follow the mark at the start of a block.
    line_end = LINE_END.search(text, start) if scalar.style in {"|", ">"} else None
    return line_end.start() if line_end else start, scalar.end_mark.index


class _Pieces:
    """A text to be read piece by piece: libyaml would encode all of it at once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._done = 0

    def read(self, size: int = -1, /) -> str:
        start, self._done = self._done, self._done + size
        return self._text[start : self._done]


class _Reader:
    """Builds a value from events.

    Args:
        next_event: Returns the next event.
        text: The text of the events.

    Attributes:
        marks: The places, as far as it has read.
    """

    def __init__(self, next_event: Callable[[], Any], text: str) -> None:
        self.marks: Marks = ([], 0, {})
        self._lists: list[list[int]] = []
        self._text = text
        self._left = most_nodes(text) - 1
        self._next = next_event
        # Handbooks repeat many values, such as dates, and how to get access to similar tools.
        self._known: dict[str, Scalar] = {}
        self._texts: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        self._has_codes = "\\" in text

    def document(self) -> Value:
        """Return the value of the only document."""
        self._next()  # the start of the stream
        if self._next().__class__ is not DocumentStartEvent:
            raise UnusualError
        root = self._next()
        value = self._value(root, MAX_DEPTH - 1)
        of_root = value.items() if isinstance(value, dict) else ()
        lists = (name for name, part in of_root if isinstance(part, list))
        starts = dict(zip(lists, self._lists, strict=False))
        self.marks = self.marks[0], root.start_mark.index, starts
        self._next()  # the end of the document
        if value is None or self._next().__class__ is not StreamEndEvent:
            raise UnusualError
        return value

    def _value(self, event: Any, depth: int) -> Value:
        """Return the value that starts with an event, with at most `depth` more levels of nesting."""
        kind = event.__class__
        if kind is AliasEvent or event.anchor is not None or event.tag is not None:
            raise UnusualError
        if kind is ScalarEvent:
            text = event.value
            if "#" in text:
                self.marks[0].append(stretch(self._text, event))
            if not event.implicit[0]:
                return self._quoted(text)
            try:
                return self._known[text]
            except KeyError:
                whole = intern(text) if len(text) < _INTERNED else text
                value = self._known[text] = resolve_plain(whole)
                return value
        if not depth:
            raise UnusualError
        return self._mapping(depth - 1) if kind is MappingStartEvent else self._list(depth - 1)

    def _quoted(self, text: str) -> str:
        """Return a quoted text, unless a code in it produces a forbidden character."""
        if self._has_codes and FORBIDDEN.search(text):
            raise UnusualError
        return self._texts.setdefault(text, text)

    def _list(self, depth: int) -> list[Value]:
        items: list[Value] = []
        next_event, value = self._next, self._value
        starts: list[int] | None = [] if depth == _OF_ROOT else None
        while (event := next_event()).__class__ is not SequenceEndEvent:
            items.append(value(event, depth))
            if starts is not None:
                starts.append(event.start_mark.index)
        if starts is not None:
            self._lists.append(starts)
        self._count(len(items))
        return items

    def _mapping(self, depth: int) -> dict[str, Value]:
        mapping: dict[str, Value] = {}
        next_event, value, keys = self._next, self._value, self._keys
        while (event := next_event()).__class__ is not MappingEndEvent:
            key = keys.get(event.value) if event.__class__ is ScalarEvent else None
            if key is None or event.anchor is not None or event.tag is not None:
                key = self._new_key(event)
            if key in mapping:
                raise UnusualError
            mapping[key] = value(next_event(), depth)
        self._count(2 * len(mapping))
        return mapping

    def _count(self, nodes: int) -> None:
        self._left -= nodes
        if self._left < 0:
            raise UnusualError

    def _new_key(self, event: Any) -> str:
        """Return a new key, if it is text."""
        if event.__class__ is not ScalarEvent or event.anchor is not None or event.tag is not None:
            raise UnusualError
        key: str = event.value
        if "#" in key:
            raise UnusualError
        if not event.implicit[0]:
            # In quotes, everything is text; without quotes, it can be another type.
            return self._quoted(key)
        if key == "<<" or not isinstance(resolve_plain(key), str):
            raise UnusualError
        return self._keys.setdefault(key, intern(key))
