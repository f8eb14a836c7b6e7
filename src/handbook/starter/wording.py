"""Write another text in the place of one in YAML, in the style that it had."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from textwrap import wrap

from handbook.read.yaml.changes import Change
from handbook.read.yaml.scalars import SWITCHES, WORDS
from handbook.write.lines import on_one_line
from handbook.write.parts import Part, Parts

_WIDTH = 120
_NEVER_PLAIN = re.compile(r": |:$| #|[\t\n]| $")
_IN_BRACKETS = re.compile(r"[\[\]{},]")


def text_changes(parts: Parts, chain: Sequence[Part], step: str | int, text: str) -> Iterator[Change]:
    """Yield the changes that give a text other words.

    Args:
        parts: The YAML text.
        chain: The values around the text, the outermost first, and the text itself.
        step: The key or the position of the text in the innermost of them.
        text: The new words.
    """
    *_, around, part = chain
    start = parts.content(part)
    line = _on_one_line(text, is_plain=part.style == "", in_brackets=not around.is_block)
    if not part.is_block_text and (not around.is_block or parts.column(start) + len(line) <= _WIDTH):
        yield Change(start, part.end, line)
        return
    at = around.keys[around.index(step)].start if around.is_mapping else parts.dash(around, int(step))
    indent = " " * (parts.column(at) + 2)
    if part.style == "|":
        lines = text.rstrip("\n").split("\n")
    else:
        width = _WIDTH - len(indent)
        paragraphs = text.rstrip("\n").split("\n")
        lines = [
            line
            for number, paragraph in enumerate(paragraphs)
            for line in ([""] if number else [])
            + wrap(paragraph, width, break_long_words=False, break_on_hyphens=False)
        ]
    body = "".join(f"{parts.line_end()}{indent}{line}" if line else parts.line_end() for line in lines)
    if part.is_block_text:
        yield Change(parts.eol(start), parts.eol(part.end), body)
    else:
        yield Change(start, part.end, ">-")
        # Behind a comment on the line.
        yield Change(parts.eol(part.end), parts.eol(part.end), body)


def _on_one_line(text: str, *, is_plain: bool, in_brackets: bool) -> str:
    """Return a text on one line, without quotes if it had none and needs none."""
    needs_none = (
        text[:1].isalpha()
        and not _NEVER_PLAIN.search(text)
        and not (in_brackets and _IN_BRACKETS.search(text))
        and text not in WORDS
        and text.lower() not in SWITCHES
    )
    return text if is_plain and needs_none else on_one_line(text)
