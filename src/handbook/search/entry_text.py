"""The texts of an entry by their importance, as its schema describes them."""

from __future__ import annotations

from typing import Any

from handbook.base.language import _
from handbook.base.mappings import MAPPINGS
from handbook.base.named_tuples import NamedTuple
from handbook.base.text import words
from handbook.link.catalogue import Catalogue, Entry
from handbook.link.hidden_links import HIDDEN
from handbook.read.audiences import may_see
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.shapes import Shape
from handbook.search.tokens import plain

_APART = frozenset(
    {"id", "name", "short_name", "aliases", "former_ids", "audience", "example", "review", "owner"}
)
"""The fields at the top of an entry that are no text, or that a document has already."""
_NAMES = ("name", "title", "label", "key")
"""The fields that name an item of a list."""


class Texts(NamedTuple):
    """Texts by their importance.

    Attributes:
        headings: The names of its parts.
        body: Everything else that it says.
        mentions: The names of the entries that it refers to, and those of its fields.
    """

    headings: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()


NO_TEXTS = Texts()


def texts_of(entry: Entry, catalogue: Catalogue) -> Texts:
    """Return the texts of an entry that the audience can see."""
    reader = _Reader(catalogue)
    for name, value in entry.data.items():
        if name not in _APART:
            shape = entry.kind.shape.field(name)
            reader.read(value, shape, reader.headings if name == "tags" else reader.body)
    return Texts(tuple(reader.headings), tuple(reader.body), tuple(reader.mentions))


def fields_of(kind: Kind, audience: str) -> Texts:
    """Return what a content type says of its entries: the titles and descriptions of its fields."""
    fields = [
        field
        for name, field in kind.shape.properties.items()
        if name not in _APART and may_see(audience, field.audience)
    ]
    titles, descriptions = (_(field.title) for field in fields), (field.description for field in fields)
    return Texts(headings=tuple(filter(None, titles)), body=tuple(filter(None, descriptions)))


class _Reader:
    """Collects the texts of one entry."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.headings: list[str] = []
        self.body: list[str] = []
        self.mentions: list[str] = []

    def read(self, value: Any, shape: Shape | None, target: list[str]) -> None:
        """Collect the texts of a value.

        Args:
            value: The value.
            shape: What its schema says of it.
            target: Where its own text belongs.
        """
        if isinstance(value, str):
            if value not in (HIDDEN, self._catalogue.gate.word):
                self._read_text(value, shape, target)
            return
        title = _(shape.title) if shape and shape.title else ""
        if isinstance(value, MAPPINGS):
            self.mentions.append(title)
            for name, part in value.items():
                below = self.headings if name in _NAMES else self.body
                self.read(part, shape.field(name) if shape else None, below)
        elif isinstance(value, (list, tuple)):
            self.mentions.append(title)
            for index, item in enumerate(value):
                self.read(item, shape.item(index) if shape else None, target)
        elif value is True:
            self.body.append(title)

    def _read_text(self, text: str, shape: Shape | None, target: list[str]) -> None:
        if shape is None:
            target.append(plain(text))
        elif shape.refs:
            entry = self._catalogue.resolve(shape.refs, text)
            if entry is not None and not entry.is_hidden:
                self.mentions.append(entry.short_name)
        elif not (shape.link or shape.date):
            target.append(str(words(text)) if shape.choices else plain(text))
