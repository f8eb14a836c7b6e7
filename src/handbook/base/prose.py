"""Extract the prose of a Markdown text, without code, comments and macros."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from handbook.base.regex import regex

# Every branch starts with a character of its own, so that Python skips the text in between.
_OPENING = regex(r"``*|~~~~*|<!--|\{\{|\{%")
_FENCE = regex(r"^[ \t]*(?P<fence>```+|~~~+)[ \t]*$", re.MULTILINE)
_TICKS = regex(r"`+")
_MARKS = ("`", "~~~", "<!--", "{{", "{%")
_CLOSING = {"<!--": "-->", "{{": "}}", "{%": "%}"}


@lru_cache(maxsize=1000)  # Many rules ask for that of the same pages.
def prose(text: str, *, with_comments: bool = False) -> str:
    """Return a Markdown text of the same length, with blanks for code, comments and macros."""
    if all(mark not in text for mark in _MARKS):
        return text
    parts: list[str] = []
    done = 0
    for start, end in _not_prose(text):
        if with_comments and text.startswith("<!--", start):
            continue
        blank = "\n".join(" " * len(line) for line in text[start:end].split("\n"))
        parts += [text[done:start], blank]
        done = end
    return "".join([*parts, text[done:]])


def _not_prose(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of code, comments and macros. Closing marks are looked up, never searched twice."""
    closing: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for match in _FENCE.finditer(text):
        closing[f"fence {match['fence']}"].append(match.span())
    for match in _TICKS.finditer(text):
        closing[match[0]].append(match.span())
    for opening, mark in _CLOSING.items():
        closing[opening] += [match.span() for match in re.finditer(re.escape(mark), text)]
    at = 0
    while opened := _OPENING.search(text, at):
        start, at = opened.span()
        mark = opened[0]
        is_block = mark.startswith(("```", "~~~")) and not text[
            (line := text.rfind("\n", 0, start) + 1) : start
        ].strip(" \t")
        if is_block:
            start = line
        elif mark.startswith("~"):
            continue
        ends = closing.get(f"fence {mark}" if is_block else mark, [])
        index = bisect_left(ends, (at, 0))
        if index < len(ends):
            at = ends[index][1]
        elif is_block or mark == "<!--":
            at = len(text)
        else:
            continue
        yield start, at
