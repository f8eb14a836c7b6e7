"""Make the value of a field of a cell, as the schema of the field says."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from handbook.imports.amounts import is_free
from handbook.imports.cell import MISSING, Cell, Hints, says_nothing
from handbook.imports.fields import is_links, is_money
from handbook.imports.ids import made_id
from handbook.imports.simple_cells import (
    read_boolean,
    read_choice,
    read_date,
    read_duration,
    read_links,
    read_money,
    read_number,
    read_text,
    read_time,
)
from handbook.imports.texts import as_line, clean
from handbook.read.schemas.shapes import Shape

_RELATION = re.compile(r"\s*\(https?://[^)]*\)")
_SEPARATORS = re.compile(r"\s*(?:[;\n\u2022|]|,(?!\d))\s*")
_LIST_MARK = re.compile(r"^(?:[-*\u2022\u2013]|\d+[.)])\s+")


def read_cell(value: Any, shape: Shape, hints: Hints) -> Cell:
    """Return what a cell says for a field.

    Args:
        value: The cell.
        shape: The schema of the field.
        hints: What is known of its column.
    """
    word = clean(value) if not isinstance(value, list) else ""
    if word in hints.words:
        known = hints.words[word]
        return Cell() if known is None else Cell(known)
    if is_money(shape) and is_free(value):
        return read_money(value, hints)
    # In a text, "None" says that there is none.
    if says_nothing(value) and not (shape.is_prose and word.casefold() == "none"):
        return Cell()
    if isinstance(value, list) and "array" not in shape.types:
        value = clean(value)
    if is_money(shape):
        return read_money(value, hints)
    if is_links(shape):
        return read_links(value, hints)
    return _reader(shape)(value, shape, hints)


def _reader(shape: Shape) -> Callable[[Any, Shape, Hints], Cell]:  # noqa: PLR0911 - one for each type
    types = set(shape.types)
    if shape.date:
        return read_date
    if shape.choices:
        return read_choice
    if types == {"boolean"}:
        return read_boolean
    if types & {"integer", "number"}:
        return read_number
    if "array" in types and "string" not in types:
        return _list
    if any(re.fullmatch(r"\d+ (minute|hour|day|week)s?", str(each)) for each in shape.examples):
        return read_duration
    if any(re.fullmatch(r"\d{1,2}:\d\d", str(each)) for each in shape.examples):
        return read_time
    return read_text


def parts_of(value: Any) -> list[str]:
    """Return the parts of a cell with several values."""
    if isinstance(value, list):
        return [part for part in map(as_line, value) if part]
    text = _RELATION.sub("", clean(value))
    return [part for part in (_LIST_MARK.sub("", each.strip()) for each in _SEPARATORS.split(text)) if part]


def _list(value: Any, shape: Shape, hints: Hints) -> Cell:
    items = shape.items
    if items is None:
        return Cell(rest=clean(value))
    if items.is_prose:  # Sentences have commas.
        texts = (
            value
            if isinstance(value, list)
            else [_LIST_MARK.sub("", each.strip()) for each in re.split(r"[\n;\u2022]", clean(value))]
        )
        return Cell([each for each in map(as_line, texts) if each])
    found: list[Any] = []
    for part in parts_of(value):
        is_id = items.setting and not items.choices
        cell = Cell(made_id(part)) if is_id else read_cell(part, items, hints)
        if cell.problem:
            return cell
        if cell.value not in (MISSING, "") and cell.value not in found:
            found.append(cell.value)
    return Cell(found) if found else Cell()
