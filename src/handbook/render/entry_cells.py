"""The cells of tables of entries."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from handbook.base.choices import label_of
from handbook.base.table import Several, Styled
from handbook.base.text import escape, words
from handbook.read.schemas.shapes import Shape
from handbook.render.html_table import show_cell, show_styled
from handbook.render.markdown import Rich
from handbook.render.record_fields import fields
from handbook.render.values import EntryView, Record


def show_field(entry: EntryView, name: str, shape: Shape, *, is_state: bool) -> Markup:
    """Return a field: fixed choices as words, the status of an entry as a coloured label."""
    value: Any = entry
    for part in name.split("."):
        value = value[part] if isinstance(value, Record) else None
    if value is None or not shape.choices:
        return on_one_line(value)
    return show_styled(Styled(value, "label")) if is_state else Markup("{}").format(words(value))


def on_one_line(value: Any) -> Markup:
    """Return a value on one line of the page."""
    if isinstance(value, tuple) and not isinstance(value, Several):
        return Markup(", ").join(map(on_one_line, value))
    if label_of(value):
        return escape(label_of(value))
    if isinstance(value, Rich):
        return value.inline
    if isinstance(value, EntryView) or not isinstance(value, Record):
        return show_cell(value)
    return Markup("<br>").join(
        Markup("{}: {}").format(title, on_one_line(part)) for title, part in fields(value)
    )
