"""Tables as values. Each format renders them in one place: pages, terminals, Markdown, CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup
from markupsafe import escape as as_html

from handbook.base.choices import spoken
from handbook.base.named_tuples import NamedTuple
from handbook.base.sentences import listed
from handbook.base.text import finalize


class Column(NamedTuple):
    """A column of a table.

    Attributes:
        title: Its title.
        key: Its name for scripts.
        has_choices: Whether its values are few, so that readers can filter by them.
        is_long: Whether it has sentences. On a terminal it is last, where it can wrap.
        is_figure: Whether it has numbers or amounts. On wide screens, they end below each other.
    """

    title: str
    key: str = ""
    has_choices: bool = False
    is_long: bool = False
    is_figure: bool = False


class Styled(NamedTuple):
    """A text with a meaning that pages show.

    Attributes:
        text: The text; of a `word` or `label`, an ID.
        style: `word`, `label`, `amount`, `code` or `strong`.
    """

    text: str
    style: str

    def __str__(self) -> str:
        return spoken(self.text) if self.style in {"word", "label"} else self.text


class Phrase(tuple[Any, ...]):
    """The parts of a cell, shown one after the other."""

    __slots__ = ()

    @classmethod
    def joined(cls, parts: Iterable[Any], separator: str = ", ", nothing: str = "None") -> Phrase:
        """Return parts with a separator between them, or what to show without any."""
        separated = [each for part in parts for each in (separator, part)]
        return cls(separated[1:] or (nothing,))


class Several(tuple[Any, ...]):
    """The values of a field that has one or several, shown as in "A, B and C"."""

    __slots__ = ()

    def __str__(self) -> str:
        return listed(list(map(str, self)))

    def __html__(self) -> Markup:
        shown = [as_html(finalize(value)) for value in self]
        if len(shown) > 1:
            # Filters of tables find each value.
            shown = [Markup('<span class="hb-each">{}</span>').format(value) for value in shown]
        return Markup(listed(list(map(str, shown))))  # noqa: S704 - just escaped


class Tags(tuple[Styled, ...]):
    """Words, shown as tags."""

    __slots__ = ()

    @classmethod
    def of(cls, names: Iterable[str]) -> Tags:
        """Return IDs as tags."""
        return cls(Styled(name, "word") for name in names)


class Table(NamedTuple):
    """A table.

    Attributes:
        title: Its subject.
        columns: Its columns.
        rows: A value for each column: a text, number, date, entry, `Styled`, `Tags`, `Phrase`, `Several`, or
            a tuple, whose items are shown with commas.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
