"""One YAML text: its value, its faults, and the place of every key and value.

A valid file is read the fast way. Places are composed when the first one is needed.

It is long because values, faults and places come from the same nodes.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar
from zlib import compressobj, decompress

from handbook.base.collector import collector_paused
from handbook.base.memory import key_of, memory
from handbook.base.regex import compiled_on_use
from handbook.base.span import Span
from handbook.read.yaml.characters import has_odd_characters
from handbook.read.yaml.decoding import RefusedError, decode
from handbook.read.yaml.faults import Fault, FaultKind, Plain, as_plain, fault_from
from handbook.read.yaml.limits import LINE_END
from handbook.read.yaml.scalars import Value

if TYPE_CHECKING:
    from yaml import Node

    from handbook.read.yaml.places import Places
    from handbook.read.yaml.quick import Marks, Stretch

Pointer: TypeAlias = Sequence[str | int]
Derived = TypeVar("Derived")

_PART = 2**20


class Document:
    """A text with its value, its faults, and the place of everything in it.

    Equal texts with equal faults make equal documents.

    Attributes:
        value: Its value, or `None` if it is unreadable or empty.
        faults: The faults of the YAML itself, in the order found.
        can_mark_terms: Whether a term can be marked in it for the company's words.
        key: What names its content in the memory; empty without one.
        former_keys: The former names of fields in the text, by their current names.
    """

    def __init__(
        self,
        text: str,
        value: Value = None,
        faults: Iterable[Fault] = (),
        root: Node | None = None,
        marks: Marks | None = None,
    ) -> None:
        self._text: str | bytes = text
        self.value = value
        self.faults = tuple(faults)
        self.can_mark_terms = "$" in text
        self.key = ""
        self.former_keys: dict[str | int, str] = {}
        self._derived: dict[Callable[[str], Any], Any] = {}
        self._root = root
        self._marks = marks

    @property
    def text(self) -> str:
        """Return the decoded text, without a byte order mark."""
        if isinstance(self._text, bytes):
            self._text = decompress(self._text).decode()
        return self._text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Document) and (self.text, self.faults) == (other.text, other.faults)

    def __hash__(self) -> int:
        return hash((self.text, self.faults))

    @property
    def content(self) -> tuple[Value, Marks | None, list[Plain]]:
        """Return what follows from the text, as plain values."""
        return self.value, self._marks, [as_plain(fault) for fault in self.faults]

    @cached_property
    def _places(self) -> Places:
        """Return the nodes of everything in the text."""
        # Most files are never asked for a place, and YAML takes long to import.
        from handbook.read.yaml.places import Places, places_in  # noqa: PLC0415

        return places_in(self.text) if self._root is None and self.value is not None else Places(self._root)

    def derive(self, find: Callable[[str], Derived]) -> Derived:
        """Return what a function finds in the text. It looks only once."""
        if find not in self._derived:
            self._derived[find] = find(self.text)
        derived: Derived = self._derived[find]
        return derived

    def put_away(self) -> None:
        """Let go of the nodes, which need twenty times the memory of the text, and compress the text.

        Both are made again when someone asks for them.
        """
        vars(self).pop("_places", None)
        if isinstance(self._text, str):
            _ = self._starts  # pages show them
            self._text = _compress(self._text)

    @cached_property
    def _starts(self) -> array[int]:
        """Return where each line starts."""
        # A file has fewer than 2**32 characters. No lists: they would need more memory than the text.
        return array("I", chain((0,), map(re.Match.end, LINE_END.finditer(self.text))))

    def _end(self, number: int) -> int:
        """Return the end of a line, counted from 1, before its line end."""
        if number == len(self._starts):
            return len(self.text)
        end = self._starts[number]
        return end - (2 if self.text.startswith("\r\n", end - 2) else 1)

    def line(self, number: int) -> str:
        """Return the text of a line, counted from 1, without its line end; empty after the last line."""
        is_there = 1 <= number <= len(self._starts)
        return self.text[self._starts[number - 1] : self._end(number)] if is_there else ""

    def span(self, start: int, end: int) -> Span:
        """Return the span between two offsets: on one line, and at least one character long."""
        line = bisect_right(self._starts, start)
        first = self._starts[line - 1]
        last = start + 1
        if end > last:
            last = max(last, min(end, self._end(line)))
        return Span(line, start - first + 1, line, last - first + 1)

    def whole_span(self, start: int, end: int) -> Span:
        """Return the span between two offsets, exactly: it can be empty and include several lines."""
        first, last = self.span(start, start), self.span(end, end)
        return Span(first.line, first.column, last.line, last.column)

    def offset(self, span: Span) -> int:
        """Return where a span starts in the text."""
        return self._starts[span.line - 1] + span.column - 1

    def fault_span(self, fault: Fault) -> Span:
        """Return the place of a fault."""
        return self.span(fault.start, fault.end)

    def value_span(self, pointer: Pointer) -> Span:
        """Return the place of the value at a pointer; for a list or mapping, its first line.

        An unknown pointer gives the nearest place on its path, so a finding always has a place.
        """
        node, _ = self._places.walk(pointer, self.former_keys)
        return Span() if node is None else self.span(node.start_mark.index, node.end_mark.index)

    def written(self, pointer: Pointer) -> tuple[int, str]:
        """Return the source text of the value at a pointer, including quotes, and its offset."""
        node, _ = self._places.walk(pointer, self.former_keys)
        if node is None:
            return 0, ""
        return node.start_mark.index, self.text[node.start_mark.index : node.end_mark.index]

    def is_text(self, offset: int) -> bool:
        """Return whether the `#` at an offset is part of a text, not the start of a comment."""
        index = bisect_right(self._texts_with_hash, (offset, len(self.text))) - 1
        return index >= 0 and offset < self._texts_with_hash[index][1]

    @cached_property
    def _texts_with_hash(self) -> list[Stretch]:
        """Return the start and the end of texts that contain `#`, in the order of the file."""
        if self._marks is not None:
            return self._marks[0]
        return self._places.with_hash(self.text)

    def last_line_of_comment(self, offset: int) -> int:
        """Return the last line that a comment applies to: its own, or the last of a block text below it."""
        index = bisect_right(self._blocks, (offset, len(self.text))) - 1
        end = self._blocks[index][1] if index >= 0 and not self.is_text(offset) else 0
        return self.span(max(end - 1, offset), end).line

    @cached_property
    def _blocks(self) -> list[Stretch]:
        """Return the start and the end of block texts, including marks, in the order of the file."""
        return self._places.blocks()

    def text_span(self, pointer: Pointer, text: str, before: int = 0) -> Span:
        """Return the place of a part of the value at a pointer, or of all of it if the spelling differs.

        Args:
            pointer: The value.
            text: The part, as in the value.
            before: The number of earlier occurrences of the part in the value.
        """
        node, _ = self._places.walk(pointer, self.former_keys)
        if node is not None:
            begin, end = node.start_mark.index, node.end_mark.index
            if self.text.startswith(("|", ">"), begin):
                begin = self.text.find("\n", begin)  # the mark of a block is not a part of its text
            start = self.text.find(text, begin, end)
            for _ in range(before):
                start = self.text.find(text, start + len(text), end) if start >= 0 else start
            if start >= 0:
                return self.span(start, start + len(text))
        return self.value_span(pointer)

    def key_span(self, pointer: Pointer) -> Span:
        """Return the place of the key of the value at a pointer; for an item of a list, of the item."""
        node, key = self._places.walk(pointer, self.former_keys)
        found = key or node
        return Span() if found is None else self.span(found.start_mark.index, found.end_mark.index)

    def start_span(self, pointer: Pointer) -> Span:
        """Return the first character of the value at a pointer, as the place of missing parts."""
        if self._marks is not None:
            _, start, items = self._marks
            match pointer:
                case ():
                    return self.span(start, start + 1)
                case (str(name), int(index)) if 0 <= index < len(items.get(name, ())):
                    return self.span(items[name][index], items[name][index] + 1)
        node, _ = self._places.walk(pointer, self.former_keys)
        return Span() if node is None else self.span(node.start_mark.index, node.start_mark.index + 1)


def _compress(text: str) -> bytes:
    """Return a text in little memory, made in parts: all of it as bytes would need as much as the text."""
    compressor = compressobj(1)
    parts = (text[start : start + _PART].encode() for start in range(0, len(text), _PART))
    return b"".join([*map(compressor.compress, parts), compressor.flush()])


def json_pointer(pointer: Pointer) -> str:
    """Return a JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in pointer)


def read_document(data: bytes, *, is_of_engine: bool = False) -> Document:
    """Read YAML from bytes, of the engine or not. Never raises: every error becomes a fault."""
    kept = memory()
    key = key_of("file", data) if kept else ""
    if found := kept.recall(key) if kept else None:
        return _recalled(data.decode().removeprefix("\ufeff"), found, key)
    try:
        text = decode(data)
        del data  # or it would need memory until the text is read
        return _read(text, key, is_of_engine=is_of_engine)
    except RefusedError as refusal:
        return Document(refusal.text, faults=[refusal.fault])


def read_text(text: str) -> Document:
    """Read YAML from decoded text. Never raises: every error becomes a fault."""
    kept = memory()
    key = key_of("text", text) if kept else ""
    found = kept.recall(key) if kept else None
    return _recalled(text, found, key) if found else _read(text, key)


def _recalled(text: str, found: Any, key: str) -> Document:
    value, marks, faults = found
    document = Document(text, value, map(fault_from, faults), marks=marks)
    document.key = key
    return document


def _read(text: str, key: str, *, is_of_engine: bool = False) -> Document:
    """Read a text, and keep what follows from it if it has no faults."""
    with compiled_on_use("yaml"):  # Those of YAML take longer than the rest of it, and its C code needs none.
        from handbook.read.yaml.quick import UnusualError, read_quickly  # noqa: PLC0415 - needs YAML, as above

    document = None
    if not has_odd_characters(text):
        with suppress(UnusualError):
            value, marks = read_quickly(text)
            document = Document(text, value, marks=marks)
    document = document or read_closely(text)
    kept = memory()
    if kept:
        document.key = key
        kept.keep(key, document.content, is_of_engine=is_of_engine)
    return document


def read_closely(text: str) -> Document:
    """Read a text the slow way, which knows the place of every fault."""
    from handbook.read.yaml.building import Builder  # noqa: PLC0415 - as above
    from handbook.read.yaml.composing import EMPTY, compose  # noqa: PLC0415
    from handbook.read.yaml.later_faults import with_later_ones  # noqa: PLC0415

    try:
        root = compose(text)
    except RefusedError as refusal:
        return Document(refusal.text, faults=with_later_ones(text, refusal.fault))
    builder = Builder(text if has_odd_characters(text) else "")
    with collector_paused():
        value = builder.build_document(root)
    faults = builder.faults or ([EMPTY] if value is None else [])
    if any(fault.kind is FaultKind.DUPLICATE_KEY for fault in faults):
        from handbook.read.yaml.lost_dashes import find_lost_dashes, without_repetitions  # noqa: PLC0415 - few have any

        if lost := find_lost_dashes(root):
            # The items are others than those that were built.
            return Document(text, faults=without_repetitions(faults, lost))
    return Document(text, value, faults, root)
