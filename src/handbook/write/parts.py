"""The parts of a YAML text with their exact places, for edits by position.

The composed nodes of the reader know values and where they start. Edits also need to know where a value ends
before the comments that follow it, and which values are aliases that repeat another part.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from yaml.cyaml import CParser  # type: ignore[attr-defined]  # it is there, the stubs do not export it
from yaml.events import (
    AliasEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from handbook.base.collector import collector_paused
from handbook.read.yaml.codes import with_whole_characters
from handbook.read.yaml.limits import LINE_END
from handbook.write.lines import Layout

_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*(?:[ \t]+|(?=\r?\n|\Z)))*")
_HEADER = re.compile(r"[|>][0-9+-]*")
_OUTSIDE_COMMENTS = re.compile(r"(?:^|(?<=\s))#[^\r\n]*|[-:,?]")


@dataclass(slots=True, eq=False)
class Part:
    """A value, or the key of one, as written in a text.

    Attributes:
        start: The offset of its first character, including an anchor or a tag.
        end: The offset after its last character, without comments and empty lines after it.
        style: `|` or `>` for a block text, a quote, `*` for an alias, `{` for a value in brackets, `-` for a
            list or mapping on lines of its own; empty for a plain text.
        children: The items of a list, or the values of a mapping.
        keys: The keys of a mapping, in the same order.
        name: The text of a key.
        is_mapping: Whether it is a mapping.
    """

    start: int
    end: int
    style: str = ""
    children: list[Part] = field(default_factory=list)
    keys: list[Part] = field(default_factory=list)
    name: str = ""
    is_mapping: bool = False

    @property
    def is_block(self) -> bool:
        """Return whether it is a list or mapping on lines of its own."""
        return self.style == "-"

    @property
    def is_block_text(self) -> bool:
        """Return whether it is a text below a `|` or `>`."""
        return self.style in {"|", ">"}

    def index(self, step: str | int) -> int:
        """Return the position of an item or a field; of duplicate fields, of the last.

        Raises:
            KeyError: It doesn't have it.
        """
        if self.is_mapping:
            found = [index for index, key in enumerate(self.keys) if key.name == step]
            if found:
                return found[-1]
        elif isinstance(step, int) and 0 <= step < len(self.children):
            return step
        raise KeyError(step)


class Parts:
    """A text with its parts.

    Attributes:
        text: The text.
        layout: How far the file indents that the text is from; `None` if the text tells.
        root: Its outermost part; `None` if the text is empty.
    """

    def __init__(self, text: str, layout: Layout | None = None) -> None:
        self.text = text
        self.layout = layout
        self._starts = [0, *(found.end() for found in LINE_END.finditer(text))]
        with collector_paused():
            self.root = _read(text)

    def bol(self, offset: int) -> int:
        """Return the start of a line."""
        return self._starts[bisect_right(self._starts, offset) - 1]

    def eol(self, offset: int) -> int:
        """Return the end of a line, before its line end."""
        found = LINE_END.search(self.text, offset)
        return found.start() if found else len(self.text)

    def next_line(self, offset: int) -> int:
        """Return the start of the next line; without one, the end of the text."""
        found = LINE_END.search(self.text, offset)
        return found.end() if found else len(self.text)

    def column(self, offset: int) -> int:
        """Return the column of an offset, counted from 0."""
        return offset - self.bol(offset)

    def line(self, offset: int) -> int:
        """Return the number of the line of an offset, counted from 1."""
        return bisect_right(self._starts, offset)

    def line_end(self) -> str:
        """Return the first line end of the text."""
        found = LINE_END.search(self.text)
        return found[0] if found else "\n"

    def content(self, part: Part) -> int:
        """Return where a part starts behind its anchor and its tag."""
        found = _PROPERTIES.match(self.text, part.start, part.end)
        return found.end() if found and self.text[part.start : part.start + 1] in {"&", "!"} else part.start

    def header_end(self, part: Part) -> int:
        """Return the end of the mark of a block text, such as `|-`."""
        found = _HEADER.match(self.text, self.content(part))
        return found.end() if found else part.start

    def find(self, sign: str, start: int, end: int) -> int | None:
        """Return the offset of an indicator between two parts, outside of comments."""
        for found in _OUTSIDE_COMMENTS.finditer(self.text, start, end):
            if found[0] == sign:
                return found.start()
        return None

    def has_comment(self, start: int, end: int) -> bool:
        """Return whether there is a comment between two parts."""
        return any(found[0][0] == "#" for found in _OUTSIDE_COMMENTS.finditer(self.text, start, end))

    def dash(self, part: Part, index: int) -> int:
        """Return the offset of the dash of an item.

        Raises:
            KeyError: It has none.
        """
        start = part.children[index - 1].end if index else self.content(part)
        found = self.find("-", start, max(part.children[index].start, start + 1))
        if found is None:
            raise KeyError(index)
        return found

    def tail(self, end: int, column: int) -> int:
        """Return the end of a part with the comments below it that are further in than a column."""
        last = at = self.eol(end)
        while at < len(self.text):
            start = self.next_line(at)
            line = self.text[start : self.eol(start)]
            inner = line.lstrip(" ")
            if inner and not (inner.startswith("#") and len(line) - len(inner) > column):
                break
            if start == at:
                break
            at = start + len(line)
            last = at if inner else last
            if start == len(self.text):
                break
        return last

    def head(self, dash: int, least: int) -> int:
        """Return the start of the comments directly above an item, in the same column as its dash.

        Args:
            dash: The offset of the dash.
            least: Where they can start at most.
        """
        start = self.bol(dash)
        column = dash - start
        while start > least:
            above = self.bol(start - (2 if self.text[start - 2 : start] == "\r\n" else 1))
            line = self.text[above : self.eol(above)]
            if above < least or not line[column:].startswith("#") or line[:column].strip():
                break
            start = above
        return start

    def every(self) -> Iterator[Part]:
        """Yield every part, the outer ones first."""
        waiting = [self.root] if self.root else []
        while waiting:
            part = waiting.pop()
            yield part
            waiting += reversed(part.children)


def _read(text: str) -> Part | None:
    next_event = CParser(with_whole_characters(text)).get_event
    for event in iter(next_event, None):
        if isinstance(event, NodeEvent):
            return _part(event, next_event, text)
    return None


def _part(event: Any, next_event: Any, text: str) -> Part:
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, AliasEvent):
        return Part(start, end, "*")
    if isinstance(event, ScalarEvent):
        if event.style in {"|", ">"}:
            end = _end_of_block(text, start, end)
        return Part(start, end, event.style or "", name=event.value)
    part = Part(start, end, "{" if event.flow_style else "-")
    part.is_mapping = isinstance(event, MappingStartEvent)
    below: Any = next_event()
    while isinstance(below, NodeEvent):
        child = _part(below, next_event, text)
        if part.is_mapping:
            part.keys.append(child)
            child = _part(next_event(), next_event, text)
        part.children.append(child)
        below = next_event()
    is_lines = part.is_block and bool(part.children)
    part.end = part.children[-1].end if is_lines else below.end_mark.index
    return part


def _end_of_block(text: str, start: int, end: int) -> int:
    """Return the end of a block text before its last line end, with the empty lines that it keeps."""
    raw = text[start:end].rstrip(" ")
    header = raw[: len(raw.splitlines()[0])]
    if "+" not in header.partition("#")[0]:
        return start + len(raw.rstrip())
    return start + len(raw) - (2 if raw.endswith("\r\n") else 1 if raw.endswith(("\n", "\r")) else 0)


def pointer_text(pointer: Sequence[str | int]) -> str:
    """Return a pointer for a message."""
    return "/" + "/".join(map(str, pointer))
