"""What may be meant for a field that says who sees an entry or a page, and is not read as one.

A page whose author wrote `Audience: restricted` must not be shown to everyone because of a capital, of a line
in the wrong place or of an invisible character.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from handbook.check.problem import Problem
from handbook.check.prose import prose
from handbook.check.words import shown
from handbook.read.audiences import AUDIENCES, FIELD, USUAL
from handbook.read.document import Document, Pointer
from handbook.read.likeness import is_like
from handbook.read.pages import Page
from handbook.read.shapes import Shape

_HIGHEST = AUDIENCES[-1]
_OF_THE_THEME = frozenset({"title", "subtitle", "description", "icon", "status", "template", "slug"})
"""Fields whose text may well be the name of an audience."""

_FIELD_LINE = (
    r"(?P<key>[^\W\d_][\w .-]{2,24}?)[^\w\n:=]{0,6}[:=\uff1a][^\w:=]{0,12}(?P<value>\w+)"
    r"(?:[ \t]*(?:[,;}\])\"'*_`]|-->)|[ \t]+#|[ \t]*$)"
)
_CANDIDATE = re.compile(r"^[^\n:=\uff1a]{3,60}+[:=\uff1a]", re.MULTILINE)
"""The lines that are worth a closer look, found in one pass."""

_IN_TEXT = re.compile(r"^ {0,3}(?:[^\w\s]{1,6} ?){0,3}" + _FIELD_LINE, re.MULTILINE)
_IN_FIELDS = re.compile(r"(?:^[ \t]+|(?<=[{,]) ?)(?:[^\w\s#]{1,6} ?){0,3}" + _FIELD_LINE, re.MULTILINE)


def keeps_audience(shape: Shape) -> bool:
    """Return whether entries say in the usual field who may see them; some use the word for another thing."""
    field = shape.properties.get(FIELD)
    return field is not None and USUAL in field.choices


def unclear_fields(value: Mapping[str, Any], shape: Shape) -> Iterator[str]:
    """Yield the fields of an entry that may be meant for the one that says who sees it.

    Args:
        value: The entry.
        shape: What its schema knows.
    """
    known = shape.properties
    if FIELD in known and not keeps_audience(shape):
        return
    for name in value.keys() - known.keys():
        if is_like(name, FIELD):
            yield name


def unclear_lines(page: Page, fields: Collection[str]) -> Iterator[Problem]:
    """Yield what may be meant for a field of a page and is not read as one.

    Args:
        page: The page.
        fields: The fields that are read.
    """
    if page.faults:
        return
    lines = set()
    for problem in _unclear_fields(page, fields):
        lines.add(problem.span.line)
        yield problem
    yield from (problem for problem in _unclear_lines(page) if problem.span.line not in lines)


def _unclear_fields(page: Page, fields: Collection[str]) -> Iterator[Problem]:
    """The fields of the front matter that are nearly one of those, or are deeper than they should be."""
    document = page.document
    for pointer, value in _parts(page.meta):
        name = str(pointer[-1])
        is_top = len(pointer) == 1
        if is_top and name in fields:
            continue
        meant = next((field for field in (fields if is_top else (FIELD,)) if is_like(name, field)), None)
        if meant:
            hint = f"Rename it to `{meant}`" if is_top else f"Move `{meant}:` to a line without indentation"
            yield _problem(page, document, pointer, f"Unknown field {shown(name)} of a page", hint)
        elif is_top and name not in _OF_THE_THEME and isinstance(value, str) and is_like(value, _HIGHEST):
            message = f"The field {shown(name)} does not say who may see the page"
            yield _problem(page, document, pointer, message, f"Write `{FIELD}: {_HIGHEST}`")


def _problem(page: Page, document: Document, pointer: Pointer, message: str, hint: str) -> Problem:
    return Problem(page.shown_path, document.key_span(pointer), message, hint)


def _parts(value: Any, above: Pointer = ()) -> Iterator[tuple[Pointer, Any]]:
    """Every field in a value, with its place."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield (*above, name), part
            yield from _parts(part, (*above, name))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _parts(part, (*above, index))


def _unclear_lines(page: Page) -> Iterator[Problem]:
    """The lines that name an audience where nothing reads it: in a text of the front matter, or below it."""
    text, start = page.text, len(page.front_matter)
    near = (_IN_TEXT.match(text, line.start()) for line in _CANDIDATE.finditer(text, start))
    found = [match for match in near if match and _names_audience(match)]
    if found:
        # In code it is an example. A comment is as good as a line that everyone sees.
        visible = prose(text.replace("<!--", "    ").replace("-->", "   "))
        found = [match for match in found if visible[match.start("key")] == text[match.start("key")]]
    in_fields = filter(_names_audience, _IN_FIELDS.finditer(page.front_matter))
    said = page.document.key_span((FIELD,)) if FIELD in page.meta else None
    for match in (*in_fields, *found):
        span = page.file.span(match.start("key"), match.end("value"))
        if said is None or (said.line, said.column) != (span.line, span.column):
            message = f"The line {shown(match[0].strip())} does not say who may see the page"
            hint = f"Move `{FIELD}:` to a line of its own between the dashes, or make the line a sentence"
            yield Problem(page.shown_path, span, message, hint)


def _names_audience(match: re.Match[str]) -> bool:
    """Whether a line that looks like a field names an audience."""
    return is_like(match["key"], FIELD) and any(is_like(match["value"], name) for name in AUDIENCES)
