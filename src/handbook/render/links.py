"""Values for views that display themselves as links: URLs, and references to items of the same entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from markupsafe import Markup

from handbook.base.text import Plain, escape
from handbook.link.place import Place


@dataclass(frozen=True, slots=True)
class ItemLink:
    """A reference to an item of the same entry, displayed as a link to its anchor."""

    id: str
    name: str
    anchor: str

    def __html__(self) -> Markup:
        return Markup('<a href="#{}">{}</a>').format(escape(self.anchor), escape(self.name))

    def __str__(self) -> str:
        return self.name


class Link(str):
    """A URL, displayed as a link with the URL as its text."""

    __slots__ = ("_place",)
    _place: Place

    @classmethod
    def at(cls, place: Place, address: str) -> Self:
        """Return a URL resolved from a page."""
        link = cls(address)
        link._place = place
        return link

    def __html__(self) -> Markup:
        return self.around(Plain(self))

    def around(self, words: object, style: str = "") -> Markup:
        """Return a link with another text; only the text if the URL is not allowed.

        Args:
            words: The text.
            style: The class of the link; empty for none.
        """
        address = self._place.resolve(self)
        shown = words if hasattr(words, "__html__") else Plain(words)
        if address is None:
            return Markup("{}").format(shown)
        looks = Markup(' class="{}"').format(escape(style)) if style else ""
        return Markup('<a{} href="{}">{}</a>').format(looks, escape(address), shown)
