"""Feedback themes, ranked by evidence."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.link.catalogue import Entry

_EVIDENCE = ("from", "to", "by_source.source", "by_source.notes")


@dataclass(frozen=True, slots=True)
class SourceCount:
    """The notes from one source.

    Attributes:
        source: The source.
        notes: The number of notes.
    """

    source: Entry
    notes: int


@dataclass(frozen=True, slots=True)
class RankedTheme:
    """A theme with its evidence.

    Attributes:
        rank: The rank, from 1. Themes with the same evidence share a rank.
        theme: The theme.
        first: The first day of the period.
        last: The last day of the period.
        customers: The number of different customers; `None` without data.
        by_source: The notes by source, most first, without sources that have none.
    """

    rank: int
    theme: Entry
    first: date
    last: date
    customers: int | None
    by_source: tuple[SourceCount, ...]

    @property
    def notes(self) -> int:
        """The notes from all sources."""
        return sum(count.notes for count in self.by_source)

    @property
    def a_month(self) -> Fraction:
        """The notes per 30 days, by which themes are ranked."""
        return Fraction(30 * self.notes, abs((self.last - self.first).days) + 1)

    @property
    def one_sided(self) -> SourceCount | None:
        """The source of more than half of the notes, if there is one."""
        return next((count for count in self.by_source[:1] if 2 * count.notes > self.notes), None)


@dataclass(frozen=True, slots=True)
class ThemeRanking:
    """All themes, ranked by evidence.

    Attributes:
        themes: The themes with evidence, most first.
        sources: The notes of all themes by source, most first.
        uncounted: The themes without evidence.
        periods: The periods of the evidence, as pairs of dates; more than one if themes differ.
    """

    themes: tuple[RankedTheme, ...]
    sources: tuple[SourceCount, ...]
    uncounted: tuple[Entry, ...]
    periods: tuple[tuple[date, date], ...]

    @property
    def total(self) -> int:
        """The notes of all themes."""
        return sum(theme.notes for theme in self.themes)


@figure({"feedback_source": (), "theme": ["status", *(f"evidence.{field}" for field in _EVIDENCE)]})
def theme_ranking(basis: Basis) -> ThemeRanking:
    """Show the themes ranked by notes per 30 days, with the notes by source.

    Every note counts as one, regardless of its channel and date. If two themes have the same number of notes,
    the one with more customers is first. If that is equal too, they share a rank. Themes without evidence are
    listed separately.
    """
    themes = basis.entries("theme")
    counted = [_counted(basis, theme) for theme in themes if "evidence" in theme.data]
    counted.sort(key=lambda item: (_order(item), item.theme.name))
    orders = [_order(item) for item in counted]
    ranked = tuple(replace(item, rank=bisect_left(orders, _order(item)) + 1) for item in counted)
    sums: Counter[Entry] = Counter()
    for item in ranked:
        sums.update({count.source: count.notes for count in item.by_source})
    return ThemeRanking(
        ranked,
        _most_first(SourceCount(source, notes) for source, notes in sums.items()),
        tuple(theme for theme in themes if "evidence" not in theme.data),
        tuple(sorted({(item.first, item.last) for item in ranked})),
    )


def _counted(basis: Basis, theme: Entry) -> RankedTheme:
    """Return a theme with its evidence, without a rank."""
    evidence = theme.data["evidence"]
    sources = basis.catalogue.entries("feedback_source")
    counts = _most_first(
        SourceCount(sources[item["source"]], item["notes"])
        for item in evidence["by_source"]
        if item["source"] in sources
    )
    return RankedTheme(
        rank=0,
        theme=theme,
        first=date.fromisoformat(evidence["from"]),
        last=date.fromisoformat(evidence["to"]),
        customers=evidence.get("customers"),
        by_source=tuple(count for count in counts if count.notes),
    )


def _order(item: RankedTheme) -> tuple[Fraction, int]:
    return -item.a_month, -(item.customers or 0)


def _most_first(counts: Iterable[SourceCount]) -> tuple[SourceCount, ...]:
    return tuple(sorted(counts, key=lambda count: (-count.notes, count.source.name)))
