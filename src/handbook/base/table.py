"""Tables as values. Each format renders them in one place: pages, terminals, Markdown, CSV."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple


class Column(NamedTuple):
    """A column of a table.

    Attributes:
        title: Its title.
        key: Its name for scripts.
        has_choices: Whether its values are few, so that readers can filter by them.
        is_long: Whether it has sentences. On a terminal it is last, where it can wrap.
    """

    title: str
    key: str = ""
    has_choices: bool = False
    is_long: bool = False


class Styled(NamedTuple):
    """A text with a meaning that pages show.

    Attributes:
        text: The text; of a `word`, `label` or `tag`, an ID.
        style: `word`, `label`, `tag`, `amount` or `strong`.
    """

    text: str
    style: str

    def __str__(self) -> str:
        is_id = self.style in {"word", "label", "tag"}
        return self.text.replace("-", " ") if is_id else self.text


class Phrase(tuple[Any, ...]):
    """The parts of a cell, shown one after the other."""

    __slots__ = ()


class Table(NamedTuple):
    """A table.

    Attributes:
        title: Its subject.
        columns: Its columns.
        rows: A value for each column: a text, number, date, entry, `Styled`, `Phrase`, or a tuple, whose
            items are shown with commas.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
