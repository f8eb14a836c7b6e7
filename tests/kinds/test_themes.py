"""Themes by the evidence for them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handbook.kinds.feedback.themes import ThemeRanking, theme_ranking
from tests.conftest import MakeBasis

SOURCES = "feedback_sources:\n" + "".join(
    f"  - {{id: {name}, name: {name}, summary: A., channel: support}}\n"
    for name in ("support", "sales", "portal")
)


def theme(
    name: str, counts: dict[str, int], customers: int | None = None, days: str = "2026-08-01 2026-10-29"
) -> str:
    first, last = days.split()
    by_source = ", ".join(f"{{source: {source}, notes: {notes}}}" for source, notes in counts.items())
    behind = "" if customers is None else f", customers: {customers}"
    evidence = f"{{from: {first}, to: {last}{behind}, by_source: [{by_source}]}}"
    return f"  - {{id: {name}, name: {name}, summary: A., status: open, evidence: {evidence}}}\n"


@pytest.fixture
def rank(make_basis: MakeBasis) -> Callable[..., ThemeRanking]:
    def ranked(*themes: str) -> ThemeRanking:
        text = f"themes:\n{''.join(themes)}"
        files = {"sources/feedback/sources.yaml": SOURCES, "sources/feedback/themes.yaml": text}
        return theme_ranking(make_basis(files))

    return ranked


@pytest.mark.parametrize(
    ("themes", "order"),
    [
        # By notes over all sources, not by the largest single count.
        ([theme("a", {"support": 9}), theme("b", {"support": 5, "sales": 5})], [(1, "b"), (2, "a")]),
        # With as many notes, by customers.
        ([theme("a", {"support": 9}, 3), theme("b", {"sales": 9}, 4)], [(1, "b"), (2, "a")]),
        # With as many of both, they share a place, and the next one leaves a gap.
        (
            [theme("b", {"support": 9}, 3), theme("c", {"support": 1}), theme("a", {"sales": 9}, 3)],
            [(1, "a"), (1, "b"), (3, "c")],
        ),
        # 10 notes in 30 days are more than 12 in 90.
        (
            [theme("a", {"support": 12}), theme("b", {"support": 10}, days="2026-10-01 2026-10-30")],
            [(1, "b"), (2, "a")],
        ),
    ],
)
def test_more_notes_in_the_same_time_come_first(
    rank: Callable[..., ThemeRanking], themes: list[str], order: list[tuple[int, str]]
) -> None:
    assert [(item.rank, item.theme.id) for item in rank(*themes).themes] == order


def test_notes_are_counted_by_source(rank: Callable[..., ThemeRanking]) -> None:
    """Sources with nothing are left out of a theme; the sums go over all themes."""
    bare = "  - {id: c, name: c, summary: A., status: open}\n"
    found = rank(theme("a", {"support": 3, "sales": 0, "portal": 4}), theme("b", {"portal": 2}), bare)
    assert [(count.source.id, count.notes) for count in found.themes[0].by_source] == [
        ("portal", 4),
        ("support", 3),
    ]
    assert [(count.source.id, count.notes) for count in found.sources] == [("portal", 6), ("support", 3)]
    assert found.total == 9
    assert [entry.id for entry in found.uncounted] == ["c"]


@pytest.mark.parametrize(
    ("counts", "sided"),
    [
        ({"support": 6, "sales": 5}, True),
        ({"support": 5, "sales": 5}, False),
        ({"support": 6, "sales": 0}, True),
        ({"support": 0}, False),
    ],
)
def test_a_theme_from_mostly_one_channel_is_pointed_out(
    rank: Callable[..., ThemeRanking], counts: dict[str, int], *, sided: bool
) -> None:
    (item,) = rank(theme("a", counts)).themes
    assert (item.one_sided is not None) is sided


@pytest.mark.parametrize("days", ["2026-08-01 2026-10-29", "2026-10-29 2026-08-01"])
def test_notes_in_thirty_days_count_both_ends_of_the_period(
    rank: Callable[..., ThemeRanking], days: str
) -> None:
    """A period that is written the wrong way round is a finding and stops no page."""
    (item,) = rank(theme("a", {"support": 9}, days=days)).themes
    assert item.a_month == 3
