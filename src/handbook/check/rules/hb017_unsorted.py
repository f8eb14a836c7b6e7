"""YAML: a list that is not in the order that its file asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from handbook.base.findings import Severity
from handbook.base.fixes import Edit, Fix
from handbook.base.named_tuples import NamedTuple
from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.base.words import one_of, shown
from handbook.read.context import Context
from handbook.read.files import Source
from handbook.read.yaml.document import Document

_FIELDS = ("id", "name")
_ASKS = regex(r"(?im)^[ \t]*#[ \t]*sorted by `?(\w+)`?\.?[ \t\r]*$")
_TOOLS = """# Sorted by id
tools:
  - {id: slack, name: Slack, summary: Carries messages., category: communication, status: trial}
  - {id: linear, name: Linear, summary: Plans the work., category: project-management, status: trial}
"""
_LINES = _TOOLS.splitlines(keepends=True)


class _Block(NamedTuple):
    """The lines of an item, with the comment right above it: from a line to the one before another."""

    first: int
    end: int


@rule(
    "HB017",
    "unsorted",
    severity=Severity.WARNING,
    reason=(
        "In a sorted list, an entry is easy to find, and two people who add one rarely change the same line. "
        "A file asks for it with the comment `# Sorted by id`, or `name`, above its first entry. "
        "`handbook validate --fix` moves entries to their places."
    ),
    bad={"tools_inventory.yaml": _TOOLS.replace("linear,", "«linear»,")},
    good={"tools_inventory.yaml": "".join([*_LINES[:2], _LINES[3], _LINES[2]])},
    is_local=True,
)
def _check(context: Context) -> Iterator[Problem]:
    for source in context.sources:
        asked = _ASKS.search(source.document.text) if "orted by" in source.document.text else None
        if asked:
            yield from _unsorted(source, asked)


def _unsorted(source: Source, asked: re.Match[str]) -> Iterator[Problem]:
    document = source.document
    value: Any = document.value
    lists = list(value.items()) if isinstance(value, dict) else []
    name, items = lists[0] if len(lists) == 1 else ("", None)
    if not isinstance(items, list) or not items:
        return
    if asked.start() > document.offset(document.start_span((name, 0))):
        return  # It is about something else, further down.
    field = asked[1].lower()
    if field not in _FIELDS:
        hint = f"Use {one_of(_FIELDS)}"
        place = document.span(asked.start(1), asked.end(1))
        yield Problem(source.path, place, f"A list can't be sorted by {shown(asked[1])}", hint)
        return
    keys = [item.get(field) if isinstance(item, dict) else None for item in items]
    texts = [key.casefold() for key in keys if isinstance(key, str)]
    if len(texts) < len(keys) or texts == sorted(texts):
        return  # An entry without the field has a finding of its own.
    at = next(index for index in range(1, len(texts)) if texts[index] < texts[index - 1])
    order = sorted(range(len(texts)), key=texts.__getitem__)
    yield Problem(
        source.path,
        document.value_span((name, at, field)),
        f"{shown(keys[at])} is below {shown(keys[at - 1])}, but the list is sorted by `{field}`",
        "Move the entry to its place; `handbook validate --fix` does it",
        correction=lambda: _sorted(source, name, order, asked),
    )


def _sorted(source: Source, name: str, order: Sequence[int], asked: re.Match[str]) -> Fix | None:
    """Return the fix that moves the items. The blank lines between them stay where they are."""
    document = source.document
    blocks = _blocks(document, name, len(order), document.span(asked.start(), asked.end()).line)
    if blocks is None:
        return None
    moved = [index for index, new in enumerate(order) if index != new]
    first, last = moved[0], moved[-1]
    lines: list[str] = []
    for index in range(first, last + 1):
        block = blocks[order[index]]
        lines += [document.line(number) for number in range(block.first, block.end)]
        if index < last:
            lines += [""] * (blocks[index + 1].first - blocks[index].end)
    start, end = (_start(document, number) for number in (blocks[first].first, blocks[last].end))
    span = document.whole_span(start, end)
    return Fix((Edit(source.path, span, "".join(f"{line}\n" for line in lines)),))


def _start(document: Document, number: int) -> int:
    """Return the offset of a line; for the one after the last, the end of the text."""
    is_there = number <= _count(document)
    return document.offset(Span(number, 1, number, 1)) if is_there else len(document.text)


def _count(document: Document) -> int:
    """Return the number of lines."""
    return document.whole_span(0, len(document.text)).end_line


def _blocks(document: Document, name: str, number: int, above: int) -> list[_Block] | None:
    """Return the lines of each item; `None` if they share a line, or have comments that belong to none.

    Args:
        document: The file.
        name: The key of the list.
        number: The number of items.
        above: The line that no item starts on or above.
    """
    starts = [document.start_span((name, index)).line for index in range(number)]
    if len(set(starts)) < number or any(not document.line(line).lstrip().startswith("-") for line in starts):
        return None
    after = _count(document) + 1
    firsts = []
    for start in starts:
        first = start
        while first - 1 > above and document.line(first - 1).lstrip().startswith("#"):
            first -= 1
        firsts.append(first)
    blocks = []
    for first, start, end in zip(firsts, starts, [*firsts[1:], after], strict=True):
        while end - 1 > start and not document.line(end - 1).strip():
            end -= 1  # noqa: PLW2901 - without the blank lines
        if end - 1 > start and document.line(end - 1).lstrip().startswith("#"):
            return None
        blocks.append(_Block(first, end))
    return blocks
