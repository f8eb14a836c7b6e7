"""Tables of entries: selection, order and columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from markupsafe import Markup

from handbook.check.words import suggestion
from handbook.link.catalogue import Entry
from handbook.read.audiences import FIELD, may_see, strictest
from handbook.read.kinds import Kind
from handbook.read.shapes import Shape
from handbook.view.environment import words
from handbook.view.markdown import Rich
from handbook.view.text import escape, finalize
from handbook.view.values import Desk, EntryView, Record, UnknownFieldError, entry_of, fields

FILTER_FROM = 12
"""The number of rows from which a table can be filtered."""

_MOST_CHOICES = 2


def default_columns(kind: Kind) -> list[str]:
    """Return the default columns of a content type: name, fields with fixed choices, summary and owner."""
    choices = _fields_with_choices(kind)[:_MOST_CHOICES]
    known = [name for name in ("summary", "owner") if name in kind.shape.properties]
    return ["name", *choices, *known]


def default_order(kind: Kind) -> list[str]:
    """Return the default order of a content type: the first field with fixed choices, then the name."""
    return [*_fields_with_choices(kind)[:1], "name"]


def _fields_with_choices(kind: Kind) -> list[str]:
    """Return the fields with fixed choices, without the visibility, which is no information for readers."""
    return [name for name, shape in kind.shape.properties.items() if shape.choices and name != FIELD]


def select(
    kind: Kind,
    entries: Iterable[Entry],
    where: Mapping[str, Any] | None = None,
    sort: Sequence[str] = ("name",),
) -> list[Entry]:
    """Return the matching entries, sorted.

    Args:
        kind: Their content type.
        entries: The entries to select from.
        where: A value, or a list of allowed values, for each field. Use dots for nested fields, as in
            `cost.currency`. A list field matches if it contains the value.
        sort: The fields to sort by, the most important first; a minus reverses the order. Fixed choices are
            sorted in the order of the schema. Entries without a value are last.

    Raises:
        UnknownFieldError: The content type does not have the field.
    """
    wanted = {
        name: value if isinstance(value, (list, tuple, set)) else [value]
        for name, value in (where or {}).items()
    }
    for name in wanted:
        field_shape(kind, name)
    chosen = [
        entry
        for entry in entries
        if all(_matches(_raw(entry.data, name), values) for name, values in wanted.items())
    ]
    for field in reversed(sort):
        name = field.removeprefix("-")
        choices = field_shape(kind, name).choices
        present = [entry for entry in chosen if _raw(entry.data, name) is not None]
        absent = [entry for entry in chosen if _raw(entry.data, name) is None]
        present.sort(key=partial(_sort_key, name, choices), reverse=field.startswith("-"))
        chosen = present + absent
    return chosen


def field_shape(kind: Kind, path: str) -> Shape:
    """Return the shape of a field from a path with dots.

    Raises:
        UnknownFieldError: The content type does not have the field.
    """
    return _shapes(kind, path)[-1]


def _lowest_audience(kind: Kind, path: str) -> str:
    """Return the lowest audience that can see a field and everything around it.

    Raises:
        UnknownFieldError: The content type does not have the field.
    """
    return strictest(*(shape.audience for shape in _shapes(kind, path)))


def _shapes(kind: Kind, path: str) -> list[Shape]:
    """Return the shapes of a field and everything around it, from the outside in."""
    shape = kind.shape
    found: list[Shape] = []
    for part in path.split("."):
        below = shape.field(part)
        if below is None:
            message = f"Unknown field `{part}` in {shape.title.lower() or kind.name}. " + suggestion(
                part, shape.properties
            )
            raise UnknownFieldError(message)
        shape = below
        found.append(shape)
    return found


def _raw(data: Any, path: str) -> Any:
    for part in path.split("."):
        data = data.get(part) if isinstance(data, Mapping) else None
    return data


def _matches(value: Any, wanted: Iterable[Any]) -> bool:
    if isinstance(value, tuple):
        return any(item in value for item in wanted)
    return value in wanted


def _sort_key(name: str, choices: Sequence[Any], entry: Entry) -> tuple[int, float, str]:
    value = _raw(entry.data, name)
    if value in choices:
        return (0, choices.index(value), "")
    if isinstance(value, (int, float)):
        return (0, value, "")
    return (1, 0, str(value).casefold())


def draw_table(kind: Kind, entries: Sequence[Entry], columns: Sequence[str], desk: Desk) -> Markup:
    """Return a table with a row for each entry; the name links to its page.

    Columns that readers cannot see are omitted.

    Raises:
        UnknownFieldError: The content type does not have a column.
    """
    if not entries:
        return Markup('<p class="hb-none">{}</p>').format(escape(f"No {kind.title.lower()} yet."))
    audience = desk.catalogue.gate.audience
    columns = [column for column in columns if may_see(audience, _lowest_audience(kind, column))]
    shapes = [field_shape(kind, column) for column in columns]
    titles = [shape.title or column.rpartition(".")[2] for shape, column in zip(shapes, columns, strict=True)]
    head = Markup(" ").join(
        Markup('<th scope="col" data-column="{}"{}>{}</th>').format(
            escape(column), _filterable(column, shape), escape(title)
        )
        for column, shape, title in zip(columns, shapes, titles, strict=True)
    )
    rows = Markup("\n").join(_row(desk.entry(entry), columns, shapes, titles) for entry in entries)
    filtered = Markup(' data-hb="table"') if len(entries) >= FILTER_FROM else Markup()
    return Markup(
        '<div class="hb-table"{}>\n<table>\n<thead><tr>{}</tr></thead>\n'
        "<tbody>\n{}\n</tbody>\n</table>\n</div>"
    ).format(filtered, head, rows)


def _filterable(column: str, shape: Shape) -> Markup:
    return Markup(" data-choices") if shape.choices or column == "owner" else Markup()


def _found_by(entry: Entry) -> Markup:
    """Return the aliases and tags of an entry as hidden search terms of its row."""
    known = [*entry.data.get("aliases", ()), *entry.data.get("tags", ())]
    return Markup(' data-find="{}"').format(escape(" ".join(known))) if known else Markup()


def _sorted_by(raw: Any, shape: Shape) -> Markup:
    """Return the sort key of a cell whose text does not sort well: a choice, a date or a number."""
    if raw is None:
        return Markup()
    if raw in shape.choices:
        return Markup(' data-sort="{}"').format(shape.choices.index(raw))
    if shape.date or isinstance(raw, (int, float)):
        return Markup(' data-sort="{}"').format(escape(str(raw)))
    return Markup()


def _row(entry: EntryView, columns: Sequence[str], shapes: Sequence[Shape], titles: Sequence[str]) -> Markup:
    state = default_order(entry_of(entry).kind)[0]
    cells = []
    for column, shape, title in zip(columns, shapes, titles, strict=True):
        value: Any = entry
        if column != "name":
            for part in column.split("."):
                value = value[part] if isinstance(value, Record) else None
        cells.append(
            Markup('<td data-label="{}"{}>{}</td>').format(
                escape(title),
                _sorted_by(_raw(entry_of(entry).data, column), shape),
                _cell(value, shape, is_state=column == state),
            )
        )
    # The space separates the words of two cells for the search index.
    return Markup("<tr{}>{}</tr>").format(_found_by(entry_of(entry)), Markup(" ").join(cells))


def _cell(value: Any, shape: Shape, *, is_state: bool) -> Markup:
    """Return a value: fixed choices as words, the status of an entry as a coloured label."""
    if value is None or not shape.choices:
        return show_cell(value)
    return chip(value) if is_state else Markup("{}").format(words(value))


def show_cell(value: Any) -> Markup:
    """Return a value for a table cell, on one line of the page."""
    if isinstance(value, tuple):
        return Markup(", ").join(show_cell(item) for item in value)
    if isinstance(value, Rich):
        return value.inline
    if isinstance(value, EntryView) or not isinstance(value, Record):
        return Markup("{}").format(finalize(value))
    return Markup("<br>").join(
        Markup("{}: {}").format(title, show_cell(part)) for title, part in fields(value)
    )


def chip(value: object) -> Markup:
    """Return a fixed choice as a label, which the stylesheet colours."""
    return Markup('<span class="hb-chip hb-chip--{}">{}</span>').format(escape(str(value)), words(value))
