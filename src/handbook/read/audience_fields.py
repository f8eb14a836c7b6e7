"""Find text that might be meant as the audience field of an entry or a page, but isn't read as one.

A page with `Audience: restricted` must not be shown to everyone because of a capital letter, a line in the
wrong place or an invisible character.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any

from handbook.base.fixes import Fix
from handbook.base.likeness import is_like, is_surely, plain
from handbook.base.problem import Problem
from handbook.base.prose import prose
from handbook.base.regex import regex
from handbook.base.span import Span
from handbook.base.words import shown
from handbook.read.audiences import AUDIENCES, FIELD, USUAL, strictest
from handbook.read.pages import Page
from handbook.read.raw import RawEntry
from handbook.read.schemas.shapes import Shape
from handbook.read.yaml.document import Document, Pointer

_HIGHEST = AUDIENCES[-1]
_OF_THE_THEME = frozenset({"title", "subtitle", "description", "icon", "status", "template", "slug"})
"""Fields whose text can be the name of an audience."""

_BRACKETS = regex("[{},]")
_FIELD = regex("[:=]+")
_LETTER = regex(r"\w")
_LONGEST = 40
_VALUE = regex(r"\W*(?:[!&]+\w*\s+)?\W*(?P<word>\w+)\W*(?:(?:\s#|--).*)?")
_NO_WORDS = regex(r"[\W_]*+(?:ya?ml|toml|json)?+[\W_]*+")
_IS_CODE = (" " * 4, "\t")
_TIGHT = (regex("="), regex(r":(?=[^\s/])"))
"""What separates a name from its value, but makes no field in YAML. One pattern for both would be slow."""


def keeps_audience(shape: Shape) -> bool:
    """Return whether entries set their audience in the usual field. Some use the word for something else."""
    field = shape.properties.get(FIELD)
    return field is not None and USUAL in field.choices


def lowest_audience(entry: RawEntry) -> str:
    """Return the lowest audience that can see an entry or a page: its own, but not below that of its kind.

    Unclear values count as the highest audience.
    """
    shape = entry.kind.shape
    document = entry.source.document
    lines = document.derive(lines_without_space)
    if document.faults or lines or any(unclear_fields(entry.value, shape)):
        return AUDIENCES[-1]
    # A custom kind can use the same field name for something else.
    said = entry.value.get(FIELD, USUAL) if keeps_audience(shape) else USUAL
    return strictest(said if said in AUDIENCES else AUDIENCES[-1], shape.audience)


def unclear_fields(value: Mapping[str, Any], shape: Shape) -> Iterator[str]:
    """Yield the fields of an entry that might be meant as its audience field.

    Args:
        value: The entry.
        shape: The fields in its schema.
    """
    known = shape.properties
    if FIELD in known and not keeps_audience(shape):
        return
    for name in value.keys() - known.keys():
        if is_like(name, FIELD):
            yield name


def lines_without_space(text: str) -> Sequence[int]:
    """Return the numbers of the lines of a source that name an audience, but have no space after the colon.

    In the line below a text, YAML reads them as a part of it.
    """
    found = []
    for sign in chain.from_iterable(pattern.finditer(text) for pattern in _TIGHT):
        start, end = text.rfind("\n", 0, sign.start()) + 1, text.find("\n", sign.end())
        name = text[start : sign.start()].strip(" \t-'\"")
        line = plain(text[start : end if end >= 0 else len(text)])
        if name.isidentifier() and is_like(name, FIELD) and _names_audience(line, ()):
            found.append(text.count("\n", 0, start) + 1)
    return found


def unclear_lines(page: Page, fields: Collection[str]) -> Iterator[Problem]:
    """Yield text that might be meant as a field of a page, but isn't read as one.

    Args:
        page: The page.
        fields: The fields that are read.
    """
    if page.faults:
        return
    reported = set()
    for problem in _unclear_fields(page, fields):
        reported.add(problem.span.line)
        yield problem
    yield from (problem for problem in _unclear_lines(page) if problem.span.line not in reported)


def _unclear_fields(page: Page, fields: Collection[str]) -> Iterator[Problem]:
    """Yield the fields of the front matter that are misspelt or nested too deep."""
    document = page.document
    for pointer, value in _parts(page.meta):
        name = str(pointer[-1])
        is_top = len(pointer) == 1
        if is_top and name in fields:
            continue
        meant = next((field for field in (fields if is_top else (FIELD,)) if _is_meant(name, field)), None)
        if meant:
            hint = f"Rename it to `{meant}`" if is_top else f"Move `{meant}:` to a line without indentation"
            problem = _problem(
                page, document, pointer, f"Unknown field {shown(name)} in the front matter", hint
            )
            yield problem._replace(correction=partial(_renamed, page, pointer, meant)) if is_top else problem
        elif is_top and name not in _OF_THE_THEME and isinstance(value, str) and is_like(value, _HIGHEST):
            message = f"The field {shown(name)} doesn't set the audience of the page"
            yield _problem(page, document, pointer, message, f"Use `{FIELD}: {_HIGHEST}`")


def _renamed(page: Page, pointer: Pointer, meant: str) -> Fix | None:
    """Return the fix that renames a field. What changes the audience is for a person to decide."""
    from handbook.read.yaml.respelling import respelled  # noqa: PLC0415 - only a mistake needs it

    is_safe = meant != FIELD and is_surely(str(pointer[-1]), meant)
    return respelled(page.document, page.shown_path, pointer, meant, "key", is_safe=is_safe)


def _is_meant(name: str, field: str) -> bool:
    """Return whether a field is a misspelling of a known one. A short one must have the same first letter."""
    return is_like(name, field) and (field == FIELD or plain(name).startswith(field[0]))


def _problem(page: Page, document: Document, pointer: Pointer, message: str, hint: str) -> Problem:
    return Problem(page.shown_path, document.key_span(pointer), message, hint)


def _parts(value: Any, above: Pointer = ()) -> Iterator[tuple[Pointer, Any]]:
    """Yield every field in a value, with its place."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield (*above, name), part
            yield from _parts(part, (*above, name))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _parts(part, (*above, index))


def _unclear_lines(page: Page) -> Iterator[Problem]:
    """Yield lines that name an audience without effect: in a text of the front matter, or below it."""
    found = list(audience_lines(page.text))
    if not found:
        return
    said = page.document.key_span((FIELD,)).line if FIELD in page.meta else 0
    written = page.text.split("\n")
    # In code it is an example. A comment is as good as a line that everyone sees.
    visible = prose(page.text.replace("<!--", "    ").replace("-->", "   ")).split("\n")
    end_of_fields = page.front_matter.count("\n") or _end_of_head(written)
    for number in found:
        line = written[number - 1]
        is_heading = line.lstrip().startswith("#")
        is_code = line.startswith(_IS_CODE) or not visible[number - 1].strip()
        if number == said or is_heading or (is_code and number > end_of_fields):
            continue
        message = f"The line {shown(line.strip())} doesn't set the audience of the page"
        hint = f"Move `{FIELD}:` to its own line in the front matter, or rewrite the line as a sentence"
        start = len(line) - len(line.lstrip()) + 1
        yield Problem(page.shown_path, Span(number, start, number, max(len(line), start) + 1), message, hint)


def _end_of_head(lines: Sequence[str]) -> int:
    """Return the last line of the top of a page, if it might be meant as fields and looks like code."""
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if not _NO_WORDS.fullmatch(plain(lines[first])) and not lines[first].startswith(_IS_CODE):
        return 0
    return next((number for number in range(first, len(lines)) if not lines[number].strip()), len(lines))


def audience_lines(text: str) -> Iterator[int]:
    """Yield the numbers of the lines of a text that look like fields and name an audience."""
    lines = plain(text).split("\n")
    for number, line in enumerate(lines, 1):
        if (":" in line or "=" in line) and _names_audience(line, lines[number : number + 1]):
            yield number


def _names_audience(line: str, below: Sequence[str]) -> bool:
    """Return whether a line, or a part of it in brackets, looks like a field that names an audience.

    Args:
        line: The line, in plain letters.
        below: The line below it, if any, which might have the value.
    """
    parts = _BRACKETS.split(line)
    for index, part in enumerate(parts, 1):
        name, *rest = _FIELD.split(part, maxsplit=1)
        if rest and len(name) <= _LONGEST and is_like(name, FIELD):
            behind = (*rest, *parts[index:], *(piece for text in below for piece in _BRACKETS.split(text)))
            match = _VALUE.fullmatch(next((text for text in behind if _LETTER.search(text)), ""))
            if match and any(is_like(match["word"], audience) for audience in AUDIENCES):
                return True
    return False
