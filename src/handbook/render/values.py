"""Values for views: entries with fields that resolve references and display themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from dataclasses import fields as dataclass_fields
from datetime import date
from typing import Any

from jinja2 import StrictUndefined
from markupsafe import Markup

from handbook.base.choices import Choice
from handbook.base.mappings import MAPPINGS
from handbook.base.table import Phrase, Several, Styled, Table, Tags
from handbook.base.text import Day, Plain, PlainChoice, escape
from handbook.base.words import suggestion
from handbook.link.catalogue import Catalogue, Entry
from handbook.link.place import Place
from handbook.read.life import ended_state
from handbook.read.schemas.shapes import Shape
from handbook.render.html_table import show_value
from handbook.render.links import ItemLink, Link
from handbook.render.markdown import Rich
from handbook.render.missing import Missing


@dataclass(frozen=True, slots=True)
class RenderContext:
    """The context for values in views: all entries, and the page being written.

    Attributes:
        catalogue: The entries.
        place: The page being written.
        prefix: A prefix for the anchors of an entry, so that several can be on one page.
        today: The date that counts as today; `None` if dates have no states.
        is_lenient: Whether a field that the schema doesn't have is empty, instead of an error.
    """

    catalogue: Catalogue
    place: Place
    prefix: str = ""
    today: date | None = None
    is_lenient: bool = False

    def entry(self, entry: Entry) -> EntryView:
        """Return the view of an entry."""
        return EntryView(entry, self)

    def anchor(self, *parts: str) -> str:
        """Return the anchor of a part of the entry."""
        return "-".join(filter(None, (self.prefix, *parts)))

    def show(self, value: Any, shape: Shape | None, entry: Entry) -> Any:
        """Return a value for views, by its schema."""
        if isinstance(value, str):
            return self._text(value, shape, entry)
        if isinstance(value, tuple):
            items = (self.show(item, shape and shape.items, entry) for item in value)
            return Several(items) if shape and {"string", "array"} <= set(shape.types) else tuple(items)
        return Record(value, shape, entry, self) if isinstance(value, MAPPINGS) else value

    def present(self, value: Any) -> Any:
        """Return a result of a figure for views: entries as links, texts as plain text."""
        shown: Any = value
        if value is None or isinstance(value, (bool, int, float)):  # as most are
            return value
        if isinstance(value, str):
            shown = _plain(value)
        elif isinstance(value, Entry):
            shown = self.entry(value)
        elif isinstance(value, Several):
            shown = Several(map(self.present, value))
        elif isinstance(value, (Table, Phrase, Tags, Styled)):
            shown = show_value(value, self.present)
        elif is_dataclass(value):
            shown = FigureValue(value, self)
        elif isinstance(value, (tuple, list)):
            shown = tuple(self.present(item) for item in value)
        elif isinstance(value, Mapping):
            shown = {self.present(key): self.present(item) for key, item in value.items()}
        elif isinstance(value, date):
            shown = Day(value.isoformat())
        return shown

    def _text(self, value: str, shape: Shape | None, entry: Entry) -> Any:
        if shape is None:
            return _plain(value)
        if shape.refs:
            return self._reference(value, shape, entry)
        if shape.markdown:
            return Rich.at(self.place, value)
        if shape.link:
            return Link.at(self.place, value)
        return Day(value) if shape.date else _plain(value)

    def _reference(self, value: str, shape: Shape, entry: Entry) -> Any:
        if shape.refs[0].startswith("#"):
            return ItemLink(value, item_name(entry, shape.refs[0], value), self.anchor(value))
        target = self.catalogue.resolve(shape.refs, value)
        # Only the preview of a page with errors in its sources gets here without an entry.
        return self.entry(target) if target else Plain(value)


def _plain(value: str) -> str:
    """Return a text that is displayed as it is."""
    if isinstance(value, Choice):
        return PlainChoice.of(value, value.label, value.meaning)
    return Plain(value)


def item_name(entry: Entry, reference: str, key: str) -> str:
    """Return the name of an item of the entry, or its key if it has no name."""
    items: list[Any] = [entry.data]
    for part in reference.removeprefix("#").split("/"):
        items = [item for parent in items for item in parent.get(part, ())]
    return next((str(item.get("name", key)) for item in items if key in item.values()), key)


class Record:
    """A mapping with its fields as attributes. A field without a value is `None`.

    Views read most fields several times, so a value that was shown once is an attribute of the record.
    """

    def __init__(
        self, data: Mapping[str, Any], shape: Shape | None, entry: Entry, context: RenderContext
    ) -> None:
        self._data = data
        self._shape = shape
        self._entry = entry
        self._context = context

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        shown = self.__dict__[name] = self._show(name)
        return shown

    def __getitem__(self, name: str) -> Any:
        if name.startswith("_"):
            raise KeyError(name)
        return self.__dict__[name] if name in self.__dict__ else self.__getattr__(name)

    def _show(self, name: str) -> Any:
        shape = self._shape.field(name) if self._shape else None
        if shape is None and name not in self._data:
            if self._shape and name in self._shape.off_fields:
                return None
            if self._context.is_lenient:
                return Missing(obj=self, name=name)
            home = self._shape.title.lower() if self._shape and self._shape.title else self._entry.kind.name
            advice = suggestion(name, self._shape.properties if self._shape else ())
            # A view can ask whether a schema has the field; any other use of the value raises the error.
            return StrictUndefined(f"Unknown field `{name}` in {home}. {advice}", self, name)
        return self._context.show(self._data.get(name), shape, self._entry)

    def __bool__(self) -> bool:
        return bool(self._data)

    __iter__ = None  # Otherwise Jinja would treat it as a list because of `__getitem__`.


class EntryView(Record):
    """An entry, displayed as a link to its page, with its state if it has ended."""

    def __init__(self, entry: Entry, context: RenderContext) -> None:
        super().__init__(entry.data, entry.kind.shape, entry, context)

    def __html__(self) -> Markup:
        return self._link(self._entry.name)

    def in_cell(self) -> Markup:
        """Return the link in a cell of a table, with the short name."""
        return self._link(self._entry.brief_name)

    def _link(self, name: str) -> Markup:
        url = address_of(self)
        link = escape(name) if url is None else Markup(f'<a href="{escape(url)}">{escape(name)}</a>')  # noqa: S704
        state = ended_state(self._entry.data)
        return Markup(f'{link} <span class="hb-ended">({escape(state)})</span>') if state else link  # noqa: S704

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EntryView) and other._entry is self._entry

    def __hash__(self) -> int:
        return hash((self._entry.kind.name, self._entry.id))

    def __str__(self) -> str:
        return self._entry.name


class FigureValue:
    """A result of a figure: a dataclass with its fields and properties as attributes."""

    def __init__(self, value: object, context: RenderContext) -> None:
        self._value = value
        self._context = context

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        shown = self.__dict__[name] = self._context.present(getattr(self._value, name))
        return shown

    def parts(self) -> dict[str, Any]:
        """Return its fields by name."""
        return {field.name: getattr(self, field.name) for field in dataclass_fields(self._value)}  # type: ignore[arg-type]


def address_of(view: EntryView) -> str | None:
    """Return the URL of the page of an entry, from the page being written; `None` without a page."""
    entry = view._entry  # noqa: SLF001  # itself
    return None if entry.is_hidden else view._context.place.url(entry.page)  # noqa: SLF001


def entry_of(view: EntryView) -> Entry:
    """Return the entry of a view."""
    return view._entry  # noqa: SLF001  # itself


def as_data(value: object) -> Plain:
    """Return a result of a figure as JSON, for the script of a page. An entry is its name and URL."""
    return Plain(json.dumps(value, default=_as_data, ensure_ascii=False, separators=(",", ":")))


def _as_data(value: object) -> object:
    if isinstance(value, FigureValue):
        return value.parts()
    if isinstance(value, EntryView):
        return {"name": str(value), "url": address_of(value)}
    raise TypeError(f"{type(value).__name__} cannot be converted to JSON")
