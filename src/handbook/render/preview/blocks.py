"""Write the blocks of a page so that Python-Markdown reads them as GitHub and GitLab show them.

Both site engines use Python-Markdown. It needs a blank line above a list, four spaces for what belongs to an
item, and blank lines between most other blocks. Authors see CommonMark in every web editor, which needs
neither. What both read alike stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from handbook.base import markdown_lines as md
from handbook.base.markdown_lines import Block
from handbook.render.preview.elements import Elements
from handbook.render.preview.inside import Inside
from handbook.render.preview.leaves import (
    Leaf,
    code_leaf,
    fence_leaf,
    html_leaf,
    line_leaf,
    table_leaf,
    text_leaf,
)
from handbook.render.preview.templates import hidden, is_statement, restored

_INDENT = " " * md.INDENT
_DEEPEST = 18
"""The most blocks inside each other, fewer than the limit of validation."""
_APART = "<!-- -->"
"""Separates what Python-Markdown would join: two lists, two quotations, a list and the code below it, and the
marker of an item and a list or code on the same line."""
_JOINED = {(Block.LIST, Block.LIST), (Block.LIST, Block.CODE), (Block.QUOTE, Block.QUOTE)}
_ALONE = {Block.HTML, Block.FRAME}
"""Blocks that need no blank line."""
_LEAVES = {
    Block.CODE: code_leaf,
    Block.FENCE: fence_leaf,
    Block.TABLE: table_leaf,
}


def as_previewed(text: str) -> str:
    """Return the text of a page for Python-Markdown.

    Args:
        text: The text as authors wrote it, without front matter, with its macros.
    """
    parts = hidden(text)
    if parts is None:
        return text
    lines = parts[0].expandtabs(md.INDENT).split("\n")
    return restored("\n".join(_Blocks(lines).write()), parts[1])


class _Blocks:
    """Write the blocks of a page, or of an item, a quotation or another block of it.

    Args:
        lines: The lines, without what the surrounding block puts in front of them.
        depth: The number of surrounding blocks.
        in_item: Whether the surrounding block is an item of a list.
    """

    def __init__(self, lines: Sequence[str], depth: int = 0, *, in_item: bool = False) -> None:
        self._lines = lines
        self._depth = depth
        self._in_item = in_item
        self._elements = Elements(lines)
        self._at = 0
        self._out: list[str] = []
        self._last: Block | None = None
        self._count = 0
        """The number of blocks so far; the last one is of the type `_last`."""

    def write(self) -> list[str]:
        """Return the lines."""
        if self._depth > _DEEPEST:
            return list(self._lines)
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if not line.strip():
                self._out.append("")
                self._at += 1
            elif is_statement(line):
                self._out.append(line)
                self._at += 1
            else:
                self._block(line)
        return self._out

    def _inside(self, lines: Sequence[str], *, in_item: bool = False) -> list[str]:
        return _Blocks(lines, self._depth + 1, in_item=in_item).write()

    def _block(self, line: str) -> None:
        block = md.block_at(self._lines, self._at)
        if block is Block.TEXT and md.is_definition(line) and self._last in {Block.TEXT, Block.DEFINITION}:
            block = Block.DEFINITION
        if block is Block.LIST:
            self._list()
        elif block is Block.QUOTE:
            self._quote()
        elif block in {Block.BODY, Block.DEFINITION}:
            self._body(block)
        elif block is Block.HTML:
            self._leaf(html_leaf(self._lines, self._at, self._elements))
        elif block is Block.TEXT:
            self._leaf(text_leaf(self._lines, self._at, is_outermost=self._depth == 0))
        else:
            self._leaf(_LEAVES.get(block, line_leaf)(self._lines, self._at))

    def _leaf(self, leaf: Leaf) -> None:
        self._begin(leaf.block)
        self._out += leaf.lines
        self._at = leaf.end

    def _begin(self, block: Block) -> None:
        """Start a block, with a blank line above it where Python-Markdown needs one."""
        follows = bool(self._out) and bool(self._out[-1].strip()) and not is_statement(self._out[-1])
        if (self._last, block) in _JOINED:
            self._out += [*([""] if follows else []), _APART, ""]
        elif follows and self._needs_blank_line(block):
            self._out.append("")
        self._last = block
        self._count += 1

    def _needs_blank_line(self, block: Block) -> bool:
        if block is Block.DEFINITION or not _ALONE.isdisjoint({self._last, block}):
            return False
        if self._last is Block.HEADING:
            return block is Block.RULE
        # The first list of an item is directly below its text.
        return not (self._in_item and self._count == 1 and (self._last, block) == (Block.TEXT, Block.LIST))

    def _body(self, block: Block) -> None:
        """Write a note, a tab, a definition or a footnote with what belongs to it."""
        self._begin(block)
        self._out.append(self._lines[self._at])
        self._at += 1
        end = self._at
        while end < len(self._lines) and (
            not self._lines[end].strip() or md.indent_of(self._lines[end]) >= md.INDENT
        ):
            end += 1
        self._out += _indented(self._inside([line[md.INDENT :] for line in self._lines[self._at : end]]))
        self._at = end

    def _quote(self) -> None:
        self._begin(Block.QUOTE)
        inside = Inside()
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if md.is_quote(line):
                inside.add(md.unquoted(line))
            elif inside.is_continued(self._lines, self._at):
                inside.add(md.escaped(line).lstrip(" "))
            else:
                break
            self._at += 1
        self._out += [f"> {line}" if line else ">" for line in self._inside(inside.lines)]

    def _list(self) -> None:
        self._begin(Block.LIST)
        item = first = md.item_at(self._lines[self._at])
        while item and first and item.kind == first.kind:
            before = len(self._out)
            self._item(item)
            if self._at == len(self._lines) or md.block_at(self._lines, self._at) is not Block.LIST:
                return
            item = md.item_at(self._lines[self._at])
            if item and item.kind == first.kind and self._out[-1] and "" in self._out[before:]:
                # The next item would belong to the last block of this one.
                self._out.append("")

    def _item(self, item: md.Item) -> None:
        inside = Inside(item.text)
        self._at += 1
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if not line.strip() or is_statement(line):
                inside.add(line.strip())
            elif md.indent_of(line) >= item.offset:
                inside.add(line[item.offset :])
            elif inside.is_continued(self._lines, self._at):
                inside.add(md.escaped(line).lstrip(" "))
            else:
                break
            self._at += 1
        lines = inside.lines
        # Blank lines below the last line are above whatever follows the item.
        while len(lines) > 1 and (not lines[-1] or is_statement(lines[-1])):
            lines.pop()
            self._at -= 1
        marker = f"{item.number}." if item.number is not None else item.kind
        written = self._inside(lines, in_item=True)
        if md.block_at(written, 0) in {Block.FENCE, Block.LIST}:
            written = [_APART, "", *written]
        self._out += [f"{marker}{item.gap}{written[0]}", *_indented(written[1:])]
        while self._at < len(self._lines) and not self._lines[self._at].strip():
            self._out.append("")
            self._at += 1


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"{_INDENT}{line}" if line else "" for line in lines]
