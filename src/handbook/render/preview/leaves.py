"""Write the blocks of a page that contain no other blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handbook.base import markdown_lines as md
from handbook.base.markdown_lines import Block
from handbook.base.named_tuples import NamedTuple
from handbook.render.preview.elements import Elements
from handbook.render.preview.inline import with_inline
from handbook.render.preview.templates import is_statement

_TICKS = re.compile("`+")


class Leaf(NamedTuple):
    """A block for Python-Markdown.

    Attributes:
        end: The index of the line below it.
        lines: Its lines.
        block: Its type.
    """

    end: int
    lines: Sequence[str]
    block: Block


def line_leaf(lines: Sequence[str], at: int) -> Leaf:
    """Return a block of one line."""
    return Leaf(at + 1, [with_inline(lines[at].lstrip(" "))], md.block_at(lines, at))


def code_leaf(lines: Sequence[str], at: int) -> Leaf:
    """Return a block of code that is indented."""
    end = at
    while end < len(lines) and (md.indent_of(lines[end]) >= md.INDENT or not lines[end].strip()):
        end += 1
    code = list(lines[at:end])
    if not any(md.fence_at(line.lstrip(" ")) for line in code):
        return Leaf(end, code, Block.CODE)
    # Python-Markdown would find the fence first.
    while not code[-1]:
        code.pop()
    fence = "`" * (max(map(len, _TICKS.findall("\n".join(code))), default=2) + 1)
    return Leaf(end, [fence, *(line[md.INDENT :] for line in code), fence, ""], Block.CODE)


def fence_leaf(lines: Sequence[str], at: int) -> Leaf:
    """Return a block of code between two fences. Python-Markdown needs the same mark at the end."""
    fence = md.fence_at(lines[at]) or ""
    end = at + 1
    while end < len(lines) and not md.ends_fence(lines[end], fence):
        end += 1
    indent = md.indent_of(lines[at])
    code = [line[min(indent, md.indent_of(line)) :] for line in lines[at + 1 : end]]
    return Leaf(end + 1, [lines[at].lstrip(" "), *code, fence], Block.FENCE)


def html_leaf(lines: Sequence[str], at: int, elements: Elements) -> Leaf:
    """Return an HTML element, or the opening tag of one with Markdown inside."""
    end = elements.end(at)
    opening = elements.with_attribute(at)
    return Leaf(end, lines[at:end], Block.HTML) if opening is None else Leaf(at + 1, [opening], Block.HTML)


def table_leaf(lines: Sequence[str], at: int) -> Leaf:
    """Return a table."""
    end = at + 2
    while end < len(lines) and lines[end].strip():
        if md.indent_of(lines[end]) >= md.INDENT or md.interrupts(lines, end, is_outside=True):
            break
        end += 1
    return Leaf(end, [with_inline(line, in_table=True) for line in lines[at:end]], Block.TABLE)


def text_leaf(lines: Sequence[str], at: int, *, is_outermost: bool) -> Leaf:
    """Return a paragraph, or a heading with a line below it."""
    end = at + 1
    while end < len(lines) and lines[end].strip():
        if md.underline_at(lines[end]):
            return Leaf(
                end + 1, _heading(lines[at:end], lines[end], is_outermost=is_outermost), Block.HEADING
            )
        if is_statement(lines[end]) or md.interrupts(lines, end) or md.is_definition(lines[end]):
            break
        end += 1
    text = "\n".join(md.escaped(line).lstrip(" ") for line in lines[at:end])
    return Leaf(end, with_inline(text).split("\n"), Block.TEXT)


def _heading(lines: Sequence[str], underline: str, *, is_outermost: bool) -> list[str]:
    """Return a heading. With a line below it, Python-Markdown allows less."""
    text = with_inline("\n".join(line.strip() for line in lines))
    if len(lines) == 1 and is_outermost and lines[0][0] not in " #" and underline[0] != " ":
        return [text, underline]
    level = 1 if md.underline_at(underline) == "=" else 2
    joined = text.replace("  \n", "<br>").replace("\n", " ")
    return [f"{'#' * level} {joined}"]
