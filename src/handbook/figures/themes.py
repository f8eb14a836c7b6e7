"""Themes of feedback by the evidence for them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from handbook.figures.basis import Basis
from handbook.link.catalogue import Entry


@dataclass(frozen=True, slots=True)
class SourceCount:
    """How many notes came through one source.

    Attributes:
        source: The source.
        notes: How many.
    """

    source: Entry
    notes: int


@dataclass(frozen=True, slots=True)
class RankedTheme:
    """A theme with its evidence.

    Attributes:
        rank: Its place, from 1; themes with the same evidence share one.
        theme: The theme.
        first: The first day that was counted.
        last: The last day that was counted.
        customers: Different customers behind them; `None` when that was not counted.
        by_source: The notes by source, most first; sources without any are left out.
    """

    rank: int
    theme: Entry
    first: date
    last: date
    customers: int | None
    by_source: tuple[SourceCount, ...]

    @property
    def notes(self) -> int:
        """Notes that carry it, over all sources."""
        return sum(count.notes for count in self.by_source)

    @property
    def a_month(self) -> Fraction:
        """Notes in 30 days, by which themes are ranked."""
        return Fraction(30 * self.notes, abs((self.last - self.first).days) + 1)

    @property
    def one_sided(self) -> SourceCount | None:
        """The source through which more than half of the notes came, if there is one."""
        return next((count for count in self.by_source[:1] if 2 * count.notes > self.notes), None)


@dataclass(frozen=True, slots=True)
class ThemeRanking:
    """The themes by the evidence for them.

    Attributes:
        themes: The themes with evidence, most first.
        sources: What all of them together have from each source, most first.
        uncounted: The themes without evidence.
        periods: The periods that were counted, as pairs of days; more than one when themes differ.
    """

    themes: tuple[RankedTheme, ...]
    sources: tuple[SourceCount, ...]
    uncounted: tuple[Entry, ...]
    periods: tuple[tuple[date, date], ...]

    @property
    def total(self) -> int:
        """The notes of all themes."""
        return sum(theme.notes for theme in self.themes)


def theme_ranking(basis: Basis) -> ThemeRanking:
    """The themes ranked by notes in 30 days, with the count by source.

    Every note counts as one, whichever channel it came through and however long ago within the period. Of
    two themes with the same number the one with more customers comes first; after that they share a place.
    Themes without evidence are listed apart.
    """
    themes = basis.catalogue.entries("theme").values()
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
    """A theme with its evidence, before it has a place."""
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
