"""Leave out of a Markdown text what leads nowhere: a table row, a list item or a sentence.

All functions take and return lines, so that the same text can be a page or a block text in YAML.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import wrap

_ITEM = re.compile(r"(?P<indent>[ ]*)(?P<mark>[-*+]|(?P<number>\d+)[.)])(?P<gap>[ ]+)")
_ROW = re.compile(r"[ ]*\|")
_RULE = re.compile(r"[ ]*\|[ :|-]+\|?[ ]*")
_HEADING = re.compile(r"[ ]*(#{1,6})[ ]")
_TITLE = re.compile(r"[ ]*[-*+][ ]+\*\*[^*]+\*\*[ ]*")
_ATTRIBUTES = re.compile(r"[ ]*\{:[^{}]*\}[ ]*")
_DEFINITION = re.compile(r"[ ]*:[ ]{3}")
_CALL = re.compile(r"\{\{.*?\}\}|\[[^\[\]]*\]\([^()]*\)|`[^`]*`", re.DOTALL)
_SENTENCE_END = re.compile(r"(?<=[.!?])[*_\"”)]*[ \n]+(?=[A-ZÄÖÜ0-9\[{*$\"“„(])")
_WIDTH = 120


def without(lines: Sequence[str], number: int, column: int) -> list[str]:
    """Return a text without the smallest part that can be left out around a place.

    Args:
        lines: The lines of the text, without line ends.
        number: The line of the place, from 0.
        column: Its column, from 0.
    """
    found = list(lines)
    if _ROW.match(found[number]):
        del found[number]
        return _tidy(found, number)
    item = _item_around(found, number)
    if item:
        start, end = item
        del found[start:end]
        _renumber(found, start, _ITEM.match(lines[start]))
        return _tidy(found, start, _indent(lines[start]))
    start, end = _paragraph_around(found, number)
    paragraph = found[start:end]
    attributes = [line for line in paragraph if _ATTRIBUTES.fullmatch(line)]
    prose = [line for line in paragraph if not _ATTRIBUTES.fullmatch(line)]
    rest = _without_sentence(prose, number - start, column)
    found[start:end] = [*rest, *(attributes if rest else ())]
    return found if rest else _tidy(found, start)


def _item_around(lines: Sequence[str], number: int) -> tuple[int, int] | None:
    """Return the lines of the innermost list item around a line."""
    depth = len(lines[number])
    for start in range(number, -1, -1):
        line = lines[start]
        if not line.strip():
            continue
        indent = len(line) - len(line.lstrip(" "))
        match = _ITEM.match(line)
        if match and (start == number or indent < depth):
            end = start + 1
            inner = match.end()
            while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) > indent):
                end += 1
            while not lines[end - 1].strip():
                end -= 1
            return (start, end) if number < end and (start == number or depth >= inner - 2) else None
        if start == number or indent < depth:
            depth = indent
        if start < number and _HEADING.match(line):
            return None
        if depth == 0 and start < number and not lines[start + 1].strip():
            return None
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _renumber(lines: list[str], start: int, item: re.Match[str] | None) -> None:
    """Give the items after a removed one their new numbers."""
    if item is None or not item["number"]:
        return
    number = int(item["number"])
    for index in range(start, len(lines)):
        match = _ITEM.match(lines[index])
        if match and match["indent"] == item["indent"]:
            if not match["number"]:
                return
            at = match.start("number")
            lines[index] = f"{lines[index][:at]}{number}{lines[index][match.end('number') :]}"
            number += 1
        elif lines[index].strip() and _indent(lines[index]) <= len(item["indent"]):
            return


def _paragraph_around(lines: Sequence[str], number: int) -> tuple[int, int]:
    start = end = number
    while start and lines[start - 1].strip() and not _HEADING.match(lines[start - 1]):
        start -= 1
    while end < len(lines) and lines[end].strip():
        end += 1
    return start, max(end, start + 1)


def _without_sentence(lines: Sequence[str], number: int, column: int) -> list[str]:
    """Return a paragraph without the sentence at a place, with its lines filled again."""
    if not lines:
        return []
    indent = " " * _indent(lines[min(1, len(lines) - 1)])
    at = sum(len(line.strip()) + 1 for line in lines[:number]) + max(column - _indent(lines[number]), 0)
    text = "\n".join(line.strip() for line in lines)
    masked = _CALL.sub(lambda call: re.sub(r"[^\n]", "x", call[0]), text)
    ends = [found.end() for found in _SENTENCE_END.finditer(masked)]
    starts = [0, *ends]
    first = max(start for start in starts if start <= at)
    last = next((end for end in ends if end > first), len(text))
    rest = f"{text[:first]}{text[last:]}".strip().replace("\n", " ")
    head = " " * _indent(lines[0])
    return wrap(rest, _WIDTH, initial_indent=head, subsequent_indent=indent, break_long_words=False,
                break_on_hyphens=False) if rest else []  # fmt: skip


def _tidy(lines: list[str], at: int, inner: int = 0) -> list[str]:
    """Remove what introduces nothing any more: a heading, the head of a table, a sentence with a colon.

    Args:
        lines: The lines of the text.
        at: Where something was removed.
        inner: How far it was indented. An item above it that is indented less was its title, if it is bold.
    """
    at = min(at, len(lines))
    while True:
        before = at - 1
        while before >= 0 and not lines[before].strip():
            before -= 1
        after = at
        while after < len(lines) and not lines[after].strip():
            after += 1
        here = lines[before] if before >= 0 else ""
        below = lines[after] if after < len(lines) else ""
        is_apart = after > at or before < at - 1
        if before >= 0 and (_is_alone(here, below, is_apart=is_apart) or _is_title(here, below, inner)):
            start = before
            inner = min(inner, _indent(here))
            if _RULE.fullmatch(here):
                start -= 1
            elif not _HEADING.match(here) and not _TITLE.fullmatch(here):
                start = _paragraph_around(lines, before)[0]
            del lines[start : before + 1]
            at = start
            continue
        if before < at - 1 and after > at:
            del lines[at:after]
        elif before < 0 or not below:
            del lines[before + 1 : after]
        return lines


def _is_title(line: str, below: str, inner: int) -> bool:
    """Return whether a line is the title of a list that is gone."""
    indent = _indent(line)
    return indent < inner and _indent(below) <= indent and bool(_TITLE.fullmatch(line))


def _is_alone(line: str, below: str, *, is_apart: bool) -> bool:
    """Return whether a line introduces something that is gone."""
    heading = _HEADING.match(line)
    if heading:
        next_heading = _HEADING.match(below)
        return not below or bool(next_heading and len(next_heading[1]) <= len(heading[1]))
    if _RULE.fullmatch(line) and "-" in line:
        return not _ROW.match(below) or is_apart
    if line.rstrip().endswith(":") and not _ROW.match(line):
        return not (_ITEM.match(below) or _ROW.match(below) or below.lstrip().startswith(("```", "{{")))
    return False
