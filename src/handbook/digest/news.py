"""What a digest tells: changes that readers should know of, what is due by owner, and what is coming up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from handbook.check.words import count
from handbook.compare.comparison import Comparison, EntryChange
from handbook.figures.attention import Desk, Matter, attention
from handbook.figures.basis import Basis
from handbook.figures.process_calendar import appointments
from handbook.figures.words import in_words, listed
from handbook.report.changes.sayings import HAPPENED, NOTES, VERSION, change_notes, reached

_AHEAD = timedelta(days=14)
_MOST_LINES = 20
_MOST_TITLES = 3
_MOST_MATTERS = 5


class Piece(NamedTuple):
    """Some words of a line.

    Attributes:
        text: The words.
        page: The page that they lead to, below the docs folder; empty for none.
        strong: Whether they stand out.
    """

    text: str
    page: str = ""
    strong: bool = False


Line = tuple[Piece, ...]


class Part(NamedTuple):
    """One subject.

    Attributes:
        title: What it is about.
        lines: What there is to tell.
        more: What is not told, as a line; empty when that is all.
        nothing: What to say when there is nothing.
    """

    title: str
    lines: tuple[Line, ...]
    more: str
    nothing: str


class News(NamedTuple):
    """A digest.

    Attributes:
        title: What it is about, in a line.
        parts: Its subjects, in the order of their weight to readers.
    """

    title: str
    parts: tuple[Part, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not any(part.lines or part.more for part in self.parts)


def gather(name: str, since: str, comparison: Comparison, basis: Basis) -> News:
    """Everything there is to tell.

    Args:
        name: What the handbook is called; empty when it does not say.
        since: Since when, in words.
        comparison: What has changed, as those see it for whom the digest is.
        basis: What figures are worked out from; its day is today.
    """
    return News(
        f"{name or 'Handbook'}: news since {since}",
        (_changes(comparison), _due(basis), _coming(basis)),
    )


def _part(title: str, lines: Sequence[Line], nothing: str, others: str = "") -> Part:
    rest = len(lines) - _MOST_LINES
    more = listed([*([f"{rest:,} more"] if rest > 0 else []), *([others] if others else [])])
    return Part(title, tuple(lines[:_MOST_LINES]), f"and {more}" if more else "", nothing)


def _changes(comparison: Comparison) -> Part:
    lines = [_changed(comparison, change) for change in comparison.changes if change.weight != "editorial"]
    minor = comparison.weights["editorial"]
    others = f"{minor:,} with only other words" if minor else ""
    return _part("What has changed", lines, "Nothing.", others)


def _changed(comparison: Comparison, change: EntryChange) -> Line:
    label = change.kind.label.lower()
    page = "" if change.what == "removed" else f"{change.kind.page}/{change.id}.md".removeprefix("/")
    notes = change_notes(change)
    titles = dict.fromkeys(
        difference.place.title
        for difference in change.differences
        if difference.weight != "editorial" and difference.place.pointer[0] not in (VERSION, NOTES)
    )
    what = " ".join(notes) or _some(list(titles), _MOST_TITLES)
    reach = reached(comparison, change) if change.weight == "breaking" else ""
    said = f" ({label}, {HAPPENED[change.what]}{f'; {reach}' if reach else ''}){f': {what}' if what else ''}"
    return (Piece(change.name, page, strong=True), Piece(said))


def _some(names: list[str], most: int) -> str:
    rest = len(names) - most
    return listed([*names[:most], *([f"{rest:,} more"] if rest > 0 else [])])


def _due(basis: Basis) -> Part:
    found = attention(basis)
    return _part("What needs attention", [tuple(_desk(desk)) for desk in found.desks], "Nothing is due.")


def _desk(desk: Desk) -> Iterator[Piece]:
    yield Piece(desk.owner.name if desk.owner else "Nobody's", strong=True)
    for place, matter in enumerate(desk.matters[:_MOST_MATTERS]):
        yield Piece("; " if place else ": ")
        yield Piece(matter.entry.name, matter.entry.page)
        yield Piece(f" ({matter.what}{_when(matter)})")
    rest = len(desk.matters) - _MOST_MATTERS
    if rest > 0:
        yield Piece(f"; and {rest:,} more")


def _when(matter: Matter) -> str:
    if matter.day is None:
        return ""
    return f", {count(-matter.days_left, 'day')} late" if matter.late else f" by {in_words(matter.day)}"


def _coming(basis: Basis) -> Part:
    """What goes by months; what comes every week nobody has to be told."""
    last = basis.today + _AHEAD
    found = [
        (day, each.at, each)
        for each in appointments(basis)
        if each.by_month
        for day in each.coming
        if basis.today <= day <= last
    ]
    lines = [
        (
            Piece(each.name, each.process.page, strong=True),
            Piece(f": {day:%A}, {in_words(day)}{f', {each.time}' if each.at else ''}"),
        )
        for day, _, each in sorted(found, key=lambda item: (item[0], item[1], item[2].name))
    ]
    return _part("What is coming up", lines, f"Nothing until {in_words(last)}.")
