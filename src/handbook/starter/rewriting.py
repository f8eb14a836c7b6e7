"""Remove and replace several values of a YAML text at once. Comments and layout around them stay."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from handbook.read.yaml.changes import Change, changed
from handbook.read.yaml.document import Pointer
from handbook.starter.wording import text_changes
from handbook.write.errors import NotWrittenError
from handbook.write.lines import on_one_line
from handbook.write.parts import Part, Parts, pointer_text

Place: TypeAlias = tuple[str | int, ...]


def rewritten(
    text: str,
    removed: Collection[Place],
    values: Mapping[Place, Any],
    texts: Mapping[Place, str] = MappingProxyType({}),
) -> str:
    """Return a YAML text without some values, and with others replaced.

    Args:
        text: The text.
        removed: The fields and items to remove, with the comments directly above them.
        values: The new values: texts on one line, lists of such texts, and mappings with one of them.
        texts: The new words of texts, which are written in the style of the old ones.

    Raises:
        NotWrittenError: A value is not on lines of its own, or there is none at a place.
    """
    parts = Parts(text)
    outermost = [place for place in removed if not any(place[:end] in removed for end in range(len(place)))]
    ranges = [_lines_of(parts, place) for place in outermost]
    changes = [Change(start, end, "") for start, end in _joined(parts, ranges)]
    for place, value in values.items():
        if not any(place[:end] in removed for end in range(len(place) + 1)):
            changes.append(_replacement(parts, place, value))
    for place, words in texts.items():
        if place not in values and not any(place[:end] in removed for end in range(len(place) + 1)):
            changes += text_changes(parts, _part_at(parts, place), place[-1], words)
    return changed(text, changes)


def chain_at(parts: Parts, offset: int) -> list[tuple[Place, Part]]:
    """Return the values that an offset is in, the outermost first, each with its place."""
    if parts.root is None:
        return []
    chain: list[tuple[Place, Part]] = [((), parts.root)]
    while True:
        place, part = chain[-1]
        inner = next((each for each in _below(part) if each[1] <= offset <= each[2].end), None)
        if inner is None:
            return chain
        chain.append(((*place, inner[0]), inner[2]))


def _below(part: Part) -> Iterator[tuple[str | int, int, Part]]:
    """Yield the steps to the values in a value, where each starts with its key, and the values."""
    for index, child in enumerate(part.children):
        if part.is_mapping:
            yield part.keys[index].name, part.keys[index].start, child
        else:
            yield index, child.start, child


def _part_at(parts: Parts, pointer: Pointer) -> list[Part]:
    if parts.root is None:
        raise NotWrittenError("The file is empty")
    chain = [parts.root]
    try:
        for step in pointer:
            chain.append(chain[-1].children[chain[-1].index(step)])
    except KeyError as error:
        raise NotWrittenError(f"No value at `{pointer_text(pointer)}`") from error
    return chain


def _lines_of(parts: Parts, place: Place) -> tuple[int, int]:
    """Return the lines of a field or an item, from the comments directly above it to its end."""
    *_, around, part = _part_at(parts, place)
    index = around.index(place[-1])
    if not around.is_block:
        raise NotWrittenError(f"`{pointer_text(place)}` is not on a line of its own")
    start = around.keys[index].start if around.is_mapping else parts.dash(around, index)
    if parts.text[parts.bol(start) : start].strip():
        raise NotWrittenError(f"`{pointer_text(place)}` is not on a line of its own")
    least = parts.next_line(around.children[index - 1].end) if index else 0
    end = part.end if around.is_mapping else parts.tail(part.end, parts.column(start))
    return parts.head(start, least), parts.next_line(end)


def _joined(parts: Parts, ranges: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield ranges of lines with the empty line on one side, if both sides have one or nothing else."""
    for start, end in sorted(ranges):
        above = parts.bol(max(start - 1, 0))
        before = parts.text[above:start].strip()
        is_below = not parts.text[end : parts.eol(end)].strip()
        if is_below and (not start or before.endswith(":")):
            yield start, parts.next_line(end)
        else:
            yield (above if start and not before and is_below else start), end


def _replacement(parts: Parts, place: Place, value: Any) -> Change:
    part = _part_at(parts, place)[-1]
    start = parts.content(part)
    if part.is_block:
        start = part.keys[0].start if part.is_mapping else parts.dash(part, 0)
        if part.is_mapping:
            lines = [f"{name}: {on_one_line(inner)}" for name, inner in value.items()]
        else:
            lines = [f"- {on_one_line(item)}" for item in value]
        return Change(start, part.end, f"{parts.line_end()}{' ' * parts.column(start)}".join(lines))
    return Change(start, part.end, on_one_line(value))
