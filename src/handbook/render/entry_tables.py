"""Tables of entries.

It is long because columns, cells and groups depend on the same options.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from markupsafe import Markup

from handbook.base.language import N_, _, within
from handbook.base.named_tuples import NamedTuple
from handbook.base.sentences import in_words
from handbook.base.table import Column, Styled
from handbook.base.text import escape, words
from handbook.kinds.deadlines import due_state
from handbook.kinds.labels import calculated, calculated_title, entry_label, words_for_empty
from handbook.link.catalogue import Entry
from handbook.link.selection import default_order, field_shape, lowest_audience
from handbook.read.audiences import may_see
from handbook.read.life import is_used
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.shapes import Shape
from handbook.read.values import day_at, value_at
from handbook.render.entry_cells import on_one_line, show_field
from handbook.render.html_table import Group, draw, draw_nothing, draw_row, show_styled
from handbook.render.values import EntryView, Record, RenderContext

FILTER_FROM = 12
"""The number of rows from which a table can be filtered."""
_ADDING = "add-something"
"""The section of the guide that says how to add an entry."""

_DUE = {"soon": N_("Due soon"), "overdue": N_("Overdue")}
"""The labels of the states of dates."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Layout(NamedTuple):
    """How a table of entries is laid out.

    Attributes:
        columns: The fields to show. The purpose is below the name.
        group: The field by whose values the rows are grouped; empty for no groups.
        compare: The further fields by which readers compare entries.
    """

    columns: Sequence[str]
    group: str = ""
    compare: Sequence[str] = ()


class _Field(NamedTuple):
    """A field that a table shows: its path, its shape and the cells of all entries."""

    name: str
    shape: Shape
    cells: Sequence[Markup | str]


def draw_entries(  # noqa: PLR0913, PLR0917 - what a page says of a table
    kind: Kind,
    entries: Sequence[Entry],
    layout: Layout,
    context: RenderContext,
    guide: str | None = None,
    sign: Callable[[Entry], Markup] = lambda _entry: Markup(),
) -> Markup:
    """Return a table with a row for each entry; the name links to its page.

    Columns that readers cannot see are omitted, and so are those without a value in any row.

    Args:
        kind: The content type.
        entries: The entries.
        layout: What the table shows.
        context: The context of the page.
        guide: The URL of the page that says how to add an entry, if there is one.
        sign: Returns the sign of an entry, next to its name.

    Raises:
        UnknownFieldError: The content type does not have a column.
    """
    if not entries:
        return _first_one(kind, guide)
    names = list(layout.columns)
    below = "name" in names and "summary" in names
    if below:
        names.remove("summary")
    shown = _fields(kind, entries, names, context)
    named = [_named(entry, context, sign, with_purpose=below) for entry in entries]
    shown = [field._replace(cells=named) if field.name == "name" else field for field in shown]
    compared = _fields(kind, entries, layout.compare, context)
    columns = [
        Column(
            _title(kind, field.name, field.shape),
            field.name,
            has_choices=bool(field.shape.choices) or field.name == "owner",
            is_figure=any(_is_figure(entry, field) for entry in entries),
        )
        for field in shown
    ]

    def row(at: int) -> Markup:
        entry = entries[at]
        attributes = {
            "data-find": " ".join([*entry.data.get("aliases", ()), *entry.data.get("tags", ())]) or None,
            "data-ended": not is_used(entry.data),
        }
        if layout.compare:
            values = [_compared(context.entry(entry), field, at) for field in compared]
            attributes |= {"data-id": entry.id, "data-compare": json.dumps(values, ensure_ascii=False)}
        keys = [_sort_key(entry, field) for field in shown]
        return draw_row(columns, [field.cells[at] for field in shown], attributes, keys)

    if layout.group and may_see(context.catalogue.gate.audience, lowest_audience(kind, layout.group)):
        groups = list(_groups(kind, entries, layout.group, row))
    else:
        groups = [Group(list(map(row, range(len(entries)))))]
    titles = [_title(kind, name, shape) for name, shape, _cells in compared]
    return draw(
        columns,
        groups,
        filtered=bool(layout.compare) or len(entries) >= FILTER_FROM,
        compared=titles if layout.compare else None,
    )


def _fields(
    kind: Kind, entries: Sequence[Entry], names: Iterable[str], context: RenderContext
) -> list[_Field]:
    """Return the fields that readers can see and that any entry has, with their cells."""
    audience = context.catalogue.gate.audience
    state = default_order(kind)[0]
    found = []
    for name in names:
        if may_see(audience, lowest_audience(kind, name)):
            shape = field_shape(kind, name)
            cells = [
                entry.name
                if name == "name"
                else _calculated(entry, name)
                or _due(entry, name, shape, context)
                or show_field(context.entry(entry), name, shape, is_state=name == state)
                or words_for_empty(entry, name, audience)
                for entry in entries
            ]
            if any(cells):
                found.append(_Field(name, shape, cells))
    return found


def _calculated(entry: Entry, name: str) -> Markup:
    amount = calculated(entry, name)
    return show_styled(Styled(amount.words, "amount")) if amount else Markup()


def _due(entry: Entry, name: str, shape: Shape, context: RenderContext) -> Markup:
    """Return a date by which something is to do soon, with its state; nothing for any other field."""
    day = day_at(entry.data, name.split(".")) if shape.date else None
    if day is None or context.today is None:
        return Markup()
    state = due_state(entry.kind.name, entry.data, day, context.today)
    if not state:
        return Markup()
    label = Markup('<span class="hb-chip hb-chip--{}">{}</span>').format(state, escape(_(_DUE[state])))
    return Markup("{} {}").format(escape(in_words(day)), label)


def _groups(
    kind: Kind, entries: Sequence[Entry], field: str, row: Callable[[int], Markup]
) -> Iterator[Group]:
    """Yield the groups in the order of the choices; the others are last."""
    choices = list(field_shape(kind, field).choices)
    values = [value_at(entry.data, field.split(".")) for entry in entries]

    def place(at: int) -> tuple[int, str]:
        value = values[at]
        return choices.index(value) if value in choices else len(choices), "" if value is None else str(value)

    for value, group in groupby(sorted(range(len(entries)), key=place), key=lambda at: values[at]):
        yield Group(list(map(row, group)), words(value) if value is not None else _("Other"))


def _compared(view: EntryView, field: _Field, at: int) -> str | list[str]:
    """Return a field as text to compare: a list for a list."""
    value: Any = view
    for part in field.name.split("."):
        value = value[part] if isinstance(value, Record) else None
    if isinstance(value, tuple):
        return [
            _text(words(each) if isinstance(each, str) and _ID.fullmatch(each) else on_one_line(each))
            for each in value
        ]
    return _text(field.cells[at])


def _text(cell: object) -> str:
    """Return a cell without its markup."""
    return Markup(Markup("{}").format(cell).replace("<br>", "; ")).striptags()  # noqa: S704 - it is text again


def _first_one(kind: Kind, guide: str | None) -> Markup:
    """Return what is shown instead of the entries of a content type that has none."""
    named = {"entries": within(_(kind.title)), "file": kind.sources[0]}
    sentence = escape(_("No %(entries)s yet. The first one goes into %(file)s.", **named))
    if guide:
        link = Markup('<a href="{}#{}">{}</a>').format(escape(guide), _ADDING, escape(_("How to add it")))
        sentence += Markup(" {}.").format(link)
    return draw_nothing(sentence)


def _title(kind: Kind, name: str, shape: Shape) -> str:
    instead = calculated_title(kind, name)
    return _(instead) if instead else column_title(name, shape)


def column_title(name: str, shape: Shape) -> str:
    """Return the title of the column of a field."""
    return _(shape.title) if shape.title else name.rpartition(".")[2]


def _sort_key(entry: Entry, field: _Field) -> object:
    """Return the sort key of a cell whose text does not sort well: a name, a choice, a date or a number."""
    if field.name == "name":
        return entry.name
    if amount := calculated(entry, field.name):
        return amount.decimal
    raw = value_at(entry.data, field.name.split("."))
    if raw is None:
        return None
    if raw in field.shape.choices:
        return field.shape.choices.index(raw)
    return str(raw) if field.shape.date or isinstance(raw, (int, float)) else None


def _is_figure(entry: Entry, field: _Field) -> bool:
    """Return whether the value of a field is a number or an amount."""
    raw = value_at(entry.data, field.name.split("."))
    is_number = isinstance(raw, (int, float)) and not isinstance(raw, bool) and not field.shape.choices
    return is_number or calculated(entry, field.name) is not None


def _named(
    entry: Entry, context: RenderContext, sign: Callable[[Entry], Markup], *, with_purpose: bool
) -> Markup:
    """Return the name of an entry with its sign, its label, such as "ritual", and its purpose below."""
    name = Markup("{}").format(context.entry(entry))
    label = entry_label(entry, context.catalogue.gate.audience)
    if label:
        name += Markup(' <span class="hb-tag">{}</span>').format(label)
    purpose = (
        show_field(context.entry(entry), "summary", field_shape(entry.kind, "summary"), is_state=False)
        if with_purpose
        else ""
    )
    drawn = sign(entry)
    if not (purpose or drawn):
        return name
    below = Markup(" <small>{}</small>").format(purpose) if purpose else Markup()
    return Markup('<div class="hb-named">{}<span>{}{}</span></div>').format(drawn, name, below)
