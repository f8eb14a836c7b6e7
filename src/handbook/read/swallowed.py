"""Find fields inside a text, because the quote before them is not closed.

`summary: 'Plans the work` without its second quote continues to the next one, often in another field. The
YAML is valid, but the fields in between are lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.base.regex import regex
from handbook.base.span import Span
from handbook.read.schemas.shapes import Shape
from handbook.read.yaml.document import Document, Pointer

_BEFORE = regex(r"[ \t]*(?:-[ \t]+)*(?:[\w-]+:[ \t]+)?")
_TO_END = regex(r"(?m)\"(?<!\S\")[^\"\n]*$|'(?<!\S')[^'\n]*$")
"""A quote that starts a word and is the last of its kind on the line."""
_FIELD = regex(r"(?m)^(?P<before>[ \t]*(?:-[ \t]+)?)([A-Za-z_][A-Za-z0-9_]*):(?=\s|$)")


class SwallowedField(NamedTuple):
    """A field that became part of a text.

    Attributes:
        pointer: The text.
        names: The swallowed fields, the first one first.
        span: The place of the first one.
    """

    pointer: Pointer
    names: tuple[str, ...]
    span: Span


def may_swallow(text: str) -> bool:
    """Return whether a line of a file opens a quote without closing it."""
    return any(
        _BEFORE.fullmatch(text, text.rfind("\n", 0, found.start()) + 1, found.start())
        for found in _TO_END.finditer(text)
    )


def swallowed_fields(
    document: Document, at: Pointer, shape: Shape, value: Mapping[str, Any]
) -> Iterator[SwallowedField]:
    """Yield the fields of an entry that are inside one of its quoted texts.

    Args:
        document: The file.
        at: The entry in the file.
        shape: The fields of an entry.
        value: The entry.
    """
    for pointer, text, known in _texts(value, shape, (), frozenset()):
        if ":" not in text:
            continue
        start, written = document.written((*at, *pointer))
        first_line, line_break, rest = written.partition("\n")
        if not line_break or not first_line.startswith(('"', "'")):
            continue
        # A field below has the indentation of its own; the next lines of a text usually have more.
        line = document.line(document.span(start, start).line)
        indent = len(line) - len(line.lstrip(" \t-"))
        found = [
            match
            for match in _FIELD.finditer(rest)
            if match[2] in known and len(match["before"].expandtabs()) <= indent
        ]
        if found:
            offset = start + len(first_line) + 1 + found[0].start(2)
            span = document.span(offset, offset + len(found[0][2]))
            yield SwallowedField(pointer, tuple(match[2] for match in found), span)


def _texts(
    value: Any, shape: Shape | None, pointer: tuple[str | int, ...], known: frozenset[str]
) -> Iterator[tuple[Pointer, str, frozenset[str]]]:
    """Yield every text with the names of the fields that could follow it, at its own or a higher level."""
    if isinstance(value, str):
        yield pointer, value, known
    elif isinstance(value, dict):
        known |= frozenset(shape.properties if shape else ())
        for name, part in value.items():
            yield from _texts(part, shape.field(name) if shape else None, (*pointer, name), known)
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _texts(part, shape.items if shape else None, (*pointer, index), known)
