"""Tables as HTML. Every table of a page that is made from data is written here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, repeat
from typing import Any

from jinja2 import Undefined
from markupsafe import Markup
from markupsafe import escape as as_html

from handbook.base.choices import meaning_of
from handbook.base.named_tuples import NamedTuple
from handbook.base.table import Column, Phrase, Several, Styled, Table, Tags
from handbook.base.text import escape, escape_code, finalize, words

LONGEST = 500
"""The most rows of a table on one page."""
PART = 250
"""The rows on each page of a longer table."""
_GROUP = Markup('<tr class="hb-group"><th colspan="{}" scope="rowgroup">{}</th></tr>')


class Group(NamedTuple):
    """Rows of a table, in a body of their own.

    Attributes:
        rows: The rows, from `draw_row`.
        name: The name above them, in all columns; empty for none.
    """

    rows: Sequence[Markup]
    name: str = ""


def draw(
    columns: Iterable[Column],
    groups: Iterable[Group],
    look: str = "hb-table",
    *,
    filtered: bool = False,
    compared: Sequence[str] | None = None,
) -> Markup:
    """Return a table.

    Args:
        columns: Its columns.
        groups: Its rows.
        look: The class of the frame around it; without one, no frame.
        filtered: Whether readers can filter and sort it. They can always do so with a long one.
        compared: If readers can compare rows, the titles of the values that only the comparison shows.
    """
    columns = tuple(columns)
    head = Markup(" ").join(
        Markup('<th scope="col"{}>{}</th>').format(
            _attributes(
                {
                    "data-column": column.key or None,
                    "data-choices": column.has_choices,
                    "data-figure": column.is_figure,
                }
            ),
            escape(column.title.replace(" (", "\u00a0(")),  # A unit stays with its word.
        )
        for column in columns
    )
    groups = tuple(groups)
    is_long = bool(look) and _is_long(groups)
    bodies = Markup("\n").join(_bodies(groups, len(columns), is_long=is_long))
    table = Markup("<table>\n<thead><tr>{}</tr></thead>\n{}\n</table>").format(head, bodies)
    if not look:
        return table
    filtered = filtered or is_long
    has_ended = filtered and any(_is_ended(row) for group in groups for row in group.rows)
    frame = {
        "data-hb": "table" if filtered else None,
        "data-compare": None if compared is None else json.dumps(compared, ensure_ascii=False),
        "data-waits": has_ended,
        "data-grouped": any(group.name for group in groups),
    }
    place = _place_of_tools(columns, has_ended=has_ended) if filtered else Markup()
    return Markup('<div class="{}"{}>\n{}{}\n</div>').format(look, _attributes(frame), place, table)


def _place_of_tools(columns: Sequence[Column], *, has_ended: bool) -> Markup:
    """Return invisible fields as high as those that the script puts in their place, so that nothing moves."""
    field = Markup('<select class="hb-field" disabled><option>{}: …</option></select>')
    choices = Markup().join(field.format(escape(each.title)) for each in columns if each.has_choices)
    scope = Markup('<fieldset class="hb-choose" disabled><label>…</label></fieldset>')
    return Markup(
        '<div class="hb-table__tools hb-table__tools--place" aria-hidden="true" data-search-exclude>'
        '<input class="hb-field" type="search" disabled>{}{}'
        '<select class="hb-field hb-table__order" disabled></select>'
        '<span class="hb-table__state"><button class="md-button md-button--small" disabled>…</button></span>'
        "</div>\n"
    ).format(scope if has_ended else "", choices)


def _is_long(groups: Iterable[Group]) -> bool:
    """Return whether a table is too long for one page, and has no table in a cell, which can't be divided."""
    rows = [row for group in groups for row in group.rows]
    return len(rows) > LONGEST and not any("<table" in row for row in rows)


def _bodies(groups: Sequence[Group], width: int, *, is_long: bool) -> Iterator[Markup]:
    """Yield the bodies of a table. One that starts a part, or goes on with a group there, says so."""
    size = PART if is_long else sum(len(group.rows) for group in groups) + 1
    done = 0
    for rows, name in groups:
        starts = sorted({0, *range(-done % size, len(rows), size)})
        for start, end in pairwise([*starts, len(rows)]):
            part, place = divmod(done + start, size)
            body = rows[start:end]
            marks = {
                "data-part": part + 1 if is_long and not place else None,
                "data-again": start > 0,
                "data-ended": bool(name) and all(map(_is_ended, body)),
            }
            shown = [_GROUP.format(width, escape(name)), *body] if name else body
            yield Markup("<tbody{}>\n{}\n</tbody>").format(_attributes(marks), Markup("\n").join(shown))
        done += len(rows)


def _is_ended(row: str) -> bool:
    """Return whether a row is about something that is no longer in use."""
    return " data-ended" in row.partition(">")[0]


def draw_row(
    columns: Iterable[Column],
    cells: Iterable[object],
    attributes: Mapping[str, object],
    sort_keys: Iterable[object] = repeat(None),
    *,
    labelled: bool = True,
) -> Markup:
    """Return a row of a table.

    Args:
        columns: The columns of the table.
        cells: A value for each column.
        attributes: The attributes of the row.
        sort_keys: What each cell is sorted by; `None` for its text.
        labelled: Whether each cell names its column, which a phone shows in front of it.
    """
    drawn = (
        f"<td{_attributes(_of_cell(column, key, labelled=labelled))}>{show_cell(cell)}</td>"
        for column, cell, key in zip(columns, cells, sort_keys, strict=False)
    )
    # The space separates the words of two cells for the search index.
    return Markup(f"<tr{_attributes(attributes)}>{' '.join(drawn)}</tr>")  # noqa: S704 - just escaped


def _of_cell(column: Column, key: object, *, labelled: bool) -> Mapping[str, object]:
    """Return the attributes of a cell."""
    return {
        "data-label": labelled and column.title,
        "data-sort": key,
        "data-figure": column.is_figure,
    }


def draw_nothing(sentence: str) -> Markup:
    """Return a sentence, as text or HTML, that stands for a table without rows."""
    shown = sentence if isinstance(sentence, Markup) else escape(sentence)
    return Markup('<p class="hb-none">{}</p>').format(shown)


def show_value(value: Table | Phrase | Tags | Styled, show: Callable[[Any], Any]) -> Markup:
    """Return a table or a value of a cell.

    Args:
        value: The value.
        show: Turns the values in it into what pages show.
    """
    if isinstance(value, Table):
        rows = (draw_row(value.columns, map(show, row), {}) for row in value.rows)
        named = Markup('<table aria-label="{}">').format(escape(value.title))
        return draw(value.columns, [Group(tuple(rows))]).replace("<table>", named, 1)
    if isinstance(value, Phrase):
        # Escaping a text as code keeps the spaces at its ends.
        parts = (escape_code(part) if isinstance(part, str) else show_cell(show(part)) for part in value)
        return Markup().join(parts)
    if isinstance(value, Tags):
        tags = (Markup('<span class="hb-tag">{}</span>').format(words(tag.text)) for tag in value)
        return Markup(" ").join(tags)
    return show_styled(value)


def show_cell(value: object) -> Markup:
    """Return the HTML of a value in a cell."""
    if isinstance(value, tuple) and not isinstance(value, Several):
        return Markup(", ").join(map(show_cell, value))
    in_cell = getattr(type(value), "in_cell", None)
    return in_cell(value) if in_cell else as_html(finalize(value))


def show_styled(value: Styled) -> Markup:
    """Return a text as its style says."""
    text, style = value
    if style == "strong":
        return Markup("<strong>{}</strong>").format(escape(text))
    if style == "code":
        return Markup("<code>{}</code>").format(escape_code(text))
    if style == "amount":
        return Markup('<span class="hb-amount">{}</span>').format(escape(text))
    if style == "label":
        return Markup('<span class="hb-chip hb-chip--{}">{}</span>').format(
            escape(str(meaning_of(text))), words(text)
        )
    return escape(words(text))


def _attributes(values: Mapping[str, object]) -> Markup:
    """Return attributes. One that is `None`, false or undefined is omitted; `True` has no value."""
    written = (
        f" {as_html(name)}" if value is True else f' {as_html(name)}="{escape(str(value))}"'
        for name, value in values.items()
        if value is not None and value is not False and not isinstance(value, Undefined)
    )
    return Markup("".join(written))  # noqa: S704 - just escaped
