"""Recognise how the lines of a page start blocks, by the rules of CommonMark with tables.

The blocks of Markdown extensions count as well: notes, tabs, definitions and footnotes, with a body that is
indented by four spaces.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto

from handbook.base.markdown_tables import cells, is_ruler
from handbook.base.named_tuples import NamedTuple

INDENT = 4
"""The indentation of what belongs to an item, a note, a tab, a definition or a footnote."""

_TAGS = (
    "address|article|aside|blockquote|body|center|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|"
    "footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|"
    "noframes|ol|optgroup|option|p|param|pre|script|search|section|style|summary|table|tbody|td|textarea|"
    "tfoot|th|thead|title|tr|track|ul"
)
_ITEM = re.compile(
    r" {0,3}(?P<marker>(?P<bullet>[-*+])|(?P<number>\d{1,9})(?P<end>[.)]))(?P<gap> +)(?P<text>\S.*)"
)
_MARKER = re.compile(r"(?:[-*+]|\d+[.)])(?= |$)")
_FENCE = re.compile(r" {0,3}(?P<fence>```+(?=[^`]*$)|~~~+)")
_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})(?: +(?P<text>\S.*)|\s*$)")
_RULE = re.compile(r" {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$")
_UNDERLINE = re.compile(r" {0,3}(?P<mark>=+|-+) *$")
_QUOTE = re.compile(r" {0,3}> ?")
_BODY = re.compile(r" {0,3}(?:(?:!!!|\?\?\?\+?) ?[\w\"-]|===[!+]* +\"|\[\^[^\]\s]+\]:)")
_FRAME = re.compile(r" {0,3}/{3,}(?: |$)")
_DEFINITION = re.compile(r" {0,3}: +\S")
_TAG = re.compile(rf" {{0,3}}<(?P<end>/?)(?P<name>{_TAGS})(?=[\s/>]|$)(?P<rest>[^>]*)", re.IGNORECASE)
_COMMENT = re.compile(r" {0,3}<!--")


class Block(Enum):
    """The types of blocks."""

    BODY = auto()
    """A note, a tab or a footnote, with a body that is indented."""
    CODE = auto()
    COMMENT = auto()
    DEFINITION = auto()
    FENCE = auto()
    FRAME = auto()
    """The first or last line of a block of an extension."""
    HEADING = auto()
    HTML = auto()
    LIST = auto()
    QUOTE = auto()
    RULE = auto()
    TABLE = auto()
    TEXT = auto()


_STARTS = {
    Block.RULE: _RULE,
    Block.HEADING: _HEADING,
    Block.QUOTE: _QUOTE,
    Block.FENCE: _FENCE,
    Block.BODY: _BODY,
    Block.FRAME: _FRAME,
    Block.HTML: _TAG,
    Block.COMMENT: _COMMENT,
}


class Item(NamedTuple):
    """The first line of a list item.

    Attributes:
        kind: What its list has in common: the bullet, or the character after the number.
        number: Its number; `None` after a bullet.
        gap: The spaces after the marker.
        text: The text after them.
        offset: The indentation of whatever else belongs to the item.
    """

    kind: str
    number: str | None
    gap: str
    text: str
    offset: int


def item_at(line: str) -> Item | None:
    """Return the item that starts on a line, if one does."""
    match = _ITEM.match(line)
    if match is None or _RULE.match(line):
        return None
    gap = match["gap"] if len(match["gap"]) <= INDENT else " "
    kind = match["bullet"] or match["end"]
    return Item(
        kind, match["number"], gap, line[match.end("marker") + len(gap) :], match.end("marker") + len(gap)
    )


def indent_of(line: str) -> int:
    """Return the number of spaces at the start of a line."""
    return len(line) - len(line.lstrip(" "))


def fence_at(line: str) -> str | None:
    """Return the marks that start a block of code on a line, if they do."""
    match = _FENCE.match(line)
    return match["fence"] if match else None


def ends_fence(line: str, fence: str) -> bool:
    """Return whether a line ends a block of code."""
    mark = line.strip()
    return indent_of(line) < INDENT and len(mark) >= len(fence) and not mark.strip(fence[0])


def tag_at(line: str) -> re.Match[str] | None:
    """Return the tag of an HTML block that a line starts with, in the groups `end`, `name` and `rest`."""
    return _TAG.match(line)


def underline_at(line: str) -> str | None:
    """Return the character of a line that makes a heading of the text above it."""
    match = _UNDERLINE.match(line)
    return match["mark"][0] if match else None


def is_quote(line: str) -> bool:
    """Return whether a line belongs to a quotation."""
    return _QUOTE.match(line) is not None


def unquoted(line: str) -> str:
    """Return a line without the mark of a quotation."""
    return _QUOTE.sub("", line, count=1)


def is_definition(line: str) -> bool:
    """Return whether a line defines the term above it."""
    return _DEFINITION.match(line) is not None


def starts_table(lines: Sequence[str], index: int) -> bool:
    """Return whether a line is the first row of a table."""
    if index + 1 >= len(lines) or indent_of(lines[index]) >= INDENT:
        return False
    header, ruler = lines[index], lines[index + 1]
    return is_ruler(ruler) and cells(header) == cells(ruler)


def block_at(lines: Sequence[str], index: int) -> Block:
    """Return the type of the block that a line starts, if it continues none."""
    line = lines[index]
    if indent_of(line) >= INDENT:
        return Block.CODE
    for block, pattern in _STARTS.items():
        if pattern.match(line):
            return block
    if _ITEM.match(line):
        return Block.LIST
    return Block.TABLE if starts_table(lines, index) else Block.TEXT


def interrupts(lines: Sequence[str], index: int, *, is_outside: bool = False) -> bool:
    """Return whether a line ends the paragraph above it.

    Args:
        lines: The lines.
        index: The index of the line.
        is_outside: Whether the paragraph belongs to an item or quotation that the line is outside of.
    """
    block = block_at(lines, index)
    if block is Block.LIST:
        item = item_at(lines[index])
        return is_outside or item is None or item.number is None or int(item.number) == 1
    return block not in {Block.CODE, Block.TEXT} and not (is_outside and block is Block.TABLE)


def escaped(line: str) -> str:
    """Return a line of a paragraph that can't be read as the start of another block."""
    text = line.lstrip(" ")
    match = _MARKER.match(text)
    if match:
        return f"{text[: match.end() - 1]}\\{text[match.end() - 1 :]}"
    is_start = text.startswith(("#", ">")) or fence_at(text) or _RULE.match(text) or underline_at(text)
    return f"\\{text}" if is_start or (text.startswith("|") and is_ruler(text)) else line
