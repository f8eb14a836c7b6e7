"""The short way from text to value, for files in which nothing is unusual.

Composing nodes that know their places costs more than all the rest of a check, and most files are never
asked for a place. So values are built from libyaml's events alone. Whatever needs a second look, such as a
tag, an anchor, a key twice or a mistake, is left to the long way, which has the last word on all of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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

from handbook.read.building import Value
from handbook.read.composing import BARE_TAG, MAX_DEPTH, collector_paused
from handbook.read.scalars import NumberTooLongError, Scalar, resolve_plain


class UnusualError(Exception):
    """The text has to be read the long way."""


def read_quickly(text: str) -> Value:
    """The value of a text that is one sound document without anything unusual.

    Raises:
        UnusualError: It is not, or it takes a closer look to tell.
    """
    if BARE_TAG.search(text):
        raise UnusualError
    try:
        with collector_paused():
            return _Reader(CParser(text).get_event).document()
    except (YAMLError, NumberTooLongError) as error:
        raise UnusualError from error


class _Reader:
    """Builds a value from one event after another.

    Args:
        next_event: Gives the next event.
    """

    def __init__(self, next_event: Callable[[], Any]) -> None:
        self._next = next_event
        self._known: dict[str, Scalar] = {}
        self._keys: dict[str, str] = {}

    def document(self) -> Value:
        """The value of the only document."""
        self._next()  # the start of the stream
        if self._next().__class__ is not DocumentStartEvent:
            raise UnusualError
        value = self._value(self._next(), MAX_DEPTH - 1)
        self._next()  # the end of the document
        if value is None or self._next().__class__ is not StreamEndEvent:
            raise UnusualError
        return value

    def _value(self, event: Any, depth: int) -> Value:
        """The value that begins with an event; `depth` levels of lists and mappings are left."""
        kind = event.__class__
        if kind is AliasEvent or event.anchor is not None or event.tag is not None:
            raise UnusualError
        if kind is ScalarEvent:
            text = event.value
            if not event.implicit[0]:
                return text  # type: ignore[no-any-return]
            try:
                return self._known[text]
            except KeyError:
                value = self._known[text] = resolve_plain(text)
                return value
        if not depth:
            raise UnusualError
        return self._mapping(depth - 1) if kind is MappingStartEvent else self._list(depth - 1)

    def _list(self, depth: int) -> list[Value]:
        items: list[Value] = []
        next_event, value = self._next, self._value
        while (event := next_event()).__class__ is not SequenceEndEvent:
            items.append(value(event, depth))
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
        return mapping

    def _new_key(self, event: Any) -> str:
        """A key that no mapping before had, if it is text."""
        if event.__class__ is not ScalarEvent or event.anchor is not None or event.tag is not None:
            raise UnusualError
        key: str = event.value
        if not event.implicit[0]:
            return key  # In quotes, anything is text; without them, the same may be something else.
        if key == "<<" or not isinstance(resolve_plain(key), str):
            raise UnusualError
        return self._keys.setdefault(key, key)
