"""One YAML text: what it says, what is wrong with it, and the place of every key and value.

A sound file is read the short way, without places. Its nodes, whose marks know them, are composed when
somebody asks for the first one.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from handbook.findings import Span
from handbook.read.building import Builder, Value
from handbook.read.composing import EMPTY, RefusedError, children, collector_paused, compose, decode
from handbook.read.faults import Fault
from handbook.read.quick import LINE_END, Stretch, UnusualError, read_quickly, stretch

Pointer: TypeAlias = Sequence[str | int]

_FEW = 30
"""Fields of a mapping that are looked through one by one; of more, an index is made once."""


class Document:
    """A text, the value it stands for, what is wrong with it, and the place of everything in it.

    Equal texts with equal faults make equal documents.

    Attributes:
        text: The decoded text, without a byte order mark.
        value: What it says, or `None` when it could not be read or says nothing.
        faults: What is wrong with the YAML itself, in the order found.
        former_keys: The former names of fields in the text, by their current names.
    """

    def __init__(
        self,
        text: str,
        value: Value = None,
        faults: Sequence[Fault] = (),
        root: Node | None = None,
        with_hash: list[Stretch] | None = None,
    ) -> None:
        self.text = text
        self.value = value
        self.faults = tuple(faults)
        self.former_keys: dict[str | int, str] = {}
        self._composed = root
        self._with_hash = with_hash
        self._indexes: dict[int, Mapping[str | int, tuple[Node, Node]]] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Document) and (self.text, self.faults) == (other.text, other.faults)

    def __hash__(self) -> int:
        return hash((self.text, self.faults))

    @cached_property
    def _root(self) -> Node | None:
        """The outermost node; of a text that says nothing, there is none."""
        return compose(self.text) if self._composed is None and self.value is not None else self._composed

    @cached_property
    def _lines(self) -> tuple[array[int], array[int]]:
        """Where each line begins, and where it ends without its line end."""
        starts, ends = array("Q", [0]), array("Q")
        for match in LINE_END.finditer(self.text):
            ends.append(match.start())
            starts.append(match.end())
        ends.append(len(self.text))
        return starts, ends

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its line end; empty beyond the last."""
        starts, ends = self._lines
        return self.text[starts[number - 1] : ends[number - 1]] if 1 <= number <= len(starts) else ""

    def span(self, start: int, end: int) -> Span:
        """The span between two offsets in the text: on one line, and at least one character long."""
        starts, ends = self._lines
        line = bisect_right(starts, start)
        first = starts[line - 1]
        last = max(min(end, ends[line - 1]), start + 1)
        return Span(line, start - first + 1, line, last - first + 1)

    def fault_span(self, fault: Fault) -> Span:
        """Where a fault is."""
        return self.span(fault.start, fault.end)

    def value_span(self, pointer: Pointer) -> Span:
        """Where the value at a pointer stands; of a list or mapping, its first line.

        A pointer that leads nowhere gives the nearest place on the way, so a finding always has one.
        """
        node, _ = self._walk(pointer)
        return Span() if node is None else self.span(node.start_mark.index, node.end_mark.index)

    def written(self, pointer: Pointer) -> tuple[int, str]:
        """The value at a pointer as it is written, quotes included, and its offset in the text."""
        node, _ = self._walk(pointer)
        if node is None:
            return 0, ""
        return node.start_mark.index, self.text[node.start_mark.index : node.end_mark.index]

    def is_text(self, offset: int) -> bool:
        """Whether the `#` at an offset belongs to a text and begins no comment."""
        index = bisect_right(self._texts_with_hash, (offset, len(self.text))) - 1
        return index >= 0 and offset < self._texts_with_hash[index][1]

    @cached_property
    def _texts_with_hash(self) -> list[Stretch]:
        """Where the texts with a `#` in them begin and end, in the order of the file."""
        if self._with_hash is not None:
            return self._with_hash
        found = {
            stretch(self.text, scalar)
            for scalar in self._scalars()
            if self.text.find("#", scalar.start_mark.index, scalar.end_mark.index) >= 0
        }
        return sorted(found)

    def last_line_of_comment(self, offset: int) -> int:
        """The last line a comment speaks of: its own, or behind the mark of a block text that text's last."""
        index = bisect_right(self._blocks, (offset, len(self.text))) - 1
        end = self._blocks[index][1] if index >= 0 and not self.is_text(offset) else 0
        return self.span(max(end - 1, offset), end).line

    @cached_property
    def _blocks(self) -> list[Stretch]:
        """Where the block texts begin, with their marks, and end, in the order of the file."""
        blocks = (scalar for scalar in self._scalars() if scalar.style in {"|", ">"})
        return sorted({(block.start_mark.index, block.end_mark.index) for block in blocks})

    def _scalars(self) -> Iterator[ScalarNode]:
        """Every text, number and word, keys among them, each as often as it is written."""
        seen: set[int] = set()
        waiting = [self._root] if self._root else []
        while waiting:
            node = waiting.pop()
            if isinstance(node, ScalarNode):
                yield node
            elif id(node) not in seen:
                seen.add(id(node))
                waiting += children(node)

    def text_span(self, pointer: Pointer, text: str, before: int = 0) -> Span:
        """Where a piece of the value at a pointer stands; the whole value when it is written otherwise.

        Args:
            pointer: The value.
            text: The piece, as the value has it.
            before: How often the same piece comes before in the value.
        """
        node, _ = self._walk(pointer)
        if node is not None:
            end = node.end_mark.index
            start = self.text.find(text, node.start_mark.index, end)
            for _ in range(before):
                start = self.text.find(text, start + len(text), end) if start >= 0 else start
            if start >= 0:
                return self.span(start, start + len(text))
        return self.value_span(pointer)

    def key_span(self, pointer: Pointer) -> Span:
        """Where the key of the value at a pointer stands; for an item of a list, the item itself."""
        node, key = self._walk(pointer)
        found = key or node
        return Span() if found is None else self.span(found.start_mark.index, found.end_mark.index)

    def start_span(self, pointer: Pointer) -> Span:
        """The first character of the value at a pointer, for what is missing from it."""
        node, _ = self._walk(pointer)
        return Span() if node is None else self.span(node.start_mark.index, node.start_mark.index + 1)

    def _walk(self, pointer: Pointer) -> tuple[Node | None, Node | None]:
        """The node at a pointer and the node of its key, as far as the pointer leads."""
        node, key = self._root, None
        for part in pointer:
            if isinstance(node, MappingNode):
                pair = self._pair(node, part) or self._pair(node, self.former_keys.get(part, part))
                if pair is None:
                    break
                key, node = pair
            elif isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
                key, node = None, node.value[part]
            else:
                break
        return node, key

    def _pair(self, node: MappingNode, key: str | int) -> tuple[Node, Node] | None:
        """The nodes of a field and of its key; of several the last one, as in the value."""
        if len(node.value) <= _FEW:
            return next((pair for pair in reversed(node.value) if pair[0].value == key), None)
        index = self._indexes.get(id(node))
        if index is None:
            index = {pair[0].value: pair for pair in node.value if isinstance(pair[0], ScalarNode)}
            self._indexes[id(node)] = index
        return index.get(key)


def read_document(data: bytes) -> Document:
    """Reads YAML from bytes. Never raises: whatever is wrong with them becomes a fault."""
    try:
        return read_text(decode(data))
    except RefusedError as refusal:
        return Document(refusal.text, faults=[refusal.fault])


def read_text(text: str) -> Document:
    """Read YAML from a text that was decoded. Never raises, either."""
    try:
        value, with_hash = read_quickly(text)
        return Document(text, value, with_hash=with_hash)
    except UnusualError:
        return read_closely(text)


def read_closely(text: str) -> Document:
    """Reads a text the long way, which knows the place of everything it objects to."""
    try:
        root = compose(text)
    except RefusedError as refusal:
        return Document(refusal.text, faults=[refusal.fault])
    builder = Builder()
    with collector_paused():
        value = builder.build(root)
    if value is None and not builder.faults:
        builder.faults.append(EMPTY)
    return Document(text, value, builder.faults, root)
