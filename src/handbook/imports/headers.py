"""Guess which column of a table is which field: by its title, then by what is in its cells."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from handbook.base.words import likeness
from handbook.imports.amounts import read_money
from handbook.imports.cell import says_nothing
from handbook.imports.counts import read_number
from handbook.imports.dates import days_of, is_serial
from handbook.imports.durations import read_lasting
from handbook.imports.fields import NAMESPACE, folded, known_words, paths
from handbook.imports.table import Table
from handbook.imports.texts import clean
from handbook.read.schemas.kinds import Kind

NOTES = "notes"
"""The field that holds what no other field can."""

_LINKS = "links"
_SHARED = frozenset({_LINKS, NOTES})
"""The fields that several columns can fill."""
_ALIKE = 0.88
_FEW = 3
"""The fewest cells that tell that a title means something else."""
_MOST = 0.6
"""The share of cells that must be of one type to tell the field."""
_ADDRESS = re.compile(r"https?://\S+")
_EXACT, _KNOWN, _GENERAL, _SIMILAR = 4, 3, 2, 1


def guessed_columns(kind: Kind, table: Table, known: Mapping[str, str | None]) -> dict[str, str]:
    """Return the path of a field for each column that probably has its values.

    Args:
        kind: The kind of the entries.
        table: The table.
        known: The columns whose fields are known.
    """
    new = [column for column in table.columns if column not in known]
    titles = {column: folded(_without_unit(column)) for column in new}
    # Of `name` and `group.name`, the first one is about the record itself.
    scores = sorted(
        (
            (-score, column.count("."), position, column, path)
            for position, column in enumerate(new)
            for path, score in _scores(kind, titles[column])
        ),
    )
    found: dict[str, str] = {}
    taken = {path for path in known.values() if path} - _SHARED
    for *_, column, path in scores:
        if column not in found and path not in taken:
            found[column] = path
            taken |= {path} - _SHARED
    found |= dict(_of_items(kind, titles, found, taken))
    found = {column: path for column, path in found.items() if _can_hold(kind, path, _cells(table, column))}
    for column in new:
        path = "" if column in found else _by_content(kind, table, column)
        if path and path not in taken:
            found[column] = path
            taken |= {path} - _SHARED
    return {column: found[column] for column in new if column in found}


def _of_items(
    kind: Kind, titles: Mapping[str, str], found: Mapping[str, str], taken: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield the columns that are about the items of an entry, if others are too: the owner of each task."""
    own: Mapping[str, list[str]] = known_words().get(kind.name, {})
    for column, path in found.items():
        for other, words in own.items():
            level = other.rpartition(".")[0]
            has_items = level and any(each.startswith(f"{level}.") for each in found.values())
            is_free = "." not in path and other not in taken
            if has_items and is_free and titles[column] in map(folded, words):
                yield column, other


def means_notes(column: str) -> bool:
    """Return whether the title of a column says that it has notes of any kind."""
    title = folded(_without_unit(column))
    words = set(map(folded, known_words()["any"][NOTES]))
    return not words.isdisjoint(title.split())


def _without_unit(column: str) -> str:
    """Return a title without what is in brackets, and only the last part of `spec.owner`."""
    short = re.sub(r"\s*[(\[].*?[)\]]\s*", " ", column).strip() or column
    return short.rpartition(".")[2] if re.fullmatch(r"[\w.-]+", short) else short


def _scores(kind: Kind, title: str) -> Iterator[tuple[str, int]]:
    """Yield the paths that a title can mean, with how sure that is."""
    if not title:
        return
    words = known_words()
    known = paths(kind)
    own: Mapping[str, list[str]] = words.get(kind.name, {})
    general: Mapping[str, list[str]] = words["any"]
    for path, shape in known.items():
        name = folded(path.rpartition(".")[2])
        if title == folded(path) or ("." not in path and title == folded(shape.title)):
            yield path, _EXACT
        if title == folded(shape.title):
            yield path, _GENERAL
        if title in map(folded, own.get(path, ())):
            yield path, _KNOWN
        if title in map(folded, general.get(path, ())):
            yield path, _GENERAL
        names = (
            name,
            folded(shape.title),
            *map(folded, own.get(path, ())),
            *map(folded, general.get(path, ())),
        )
        if len(title) > 4 and any(likeness(title, each) >= _ALIKE for each in names if len(each) > 4):  # noqa: PLR2004
            yield path, _SIMILAR
    if title in map(folded, own.get(NAMESPACE, ())):
        yield NAMESPACE, _KNOWN


def _cells(table: Table, column: str) -> list[Any]:
    return [row.cells[column] for row in table.rows if column in row.cells]


def _can_hold(kind: Kind, path: str, cells: Sequence[Any]) -> bool:
    """Return whether a field can hold any of some cells: a title such as "Licences" has two meanings."""
    shape = paths(kind).get(path)
    known = [cell for cell in cells if not says_nothing(cell)]
    if shape is None or len(known) < _FEW or not (shape.date or {"integer", "number"} & set(shape.types)):
        return True
    return any(
        (is_serial(cell) or days_of(clean(cell)).dates) if shape.date else _has_number(clean(cell))
        for cell in known
    )


def _has_number(text: str) -> bool:
    return read_number(text).number is not None or read_lasting(text, "", "", at_least=False) is not None


def _by_content(kind: Kind, table: Table, column: str) -> str:
    """Return the path that the cells of a column tell; empty if they tell none."""
    cells = list(map(clean, _cells(table, column)))
    known = paths(kind)

    def most(is_one: list[bool]) -> bool:
        return sum(is_one) > _MOST * len(cells)

    if cells and _LINKS in known and most([bool(_ADDRESS.fullmatch(cell)) for cell in cells]):
        return _LINKS
    if cells and "cost" in known and most([bool(read_money(cell).currency) for cell in cells]):
        return "cost"
    return ""
