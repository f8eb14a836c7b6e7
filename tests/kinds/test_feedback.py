"""What comes in through which channel, and where it ends up."""

from __future__ import annotations

import pytest

from handbook.kinds.feedback.flow import FeedbackFlow, feedback_flow
from tests.conftest import MakeBasis

TOOLS = """tools:
  - {id: one, name: One, summary: A., category: feedback, status: active}
  - {id: two, name: Two, summary: A., category: feedback, status: active}
"""


def source(name: str, target: str = "one", *months: str) -> str:
    volume = f", volume: [{', '.join(months)}]" if months else ""
    routed = f", routed_to: {target}" if target else ""
    return f"  - {{id: {name}, name: {name}, summary: A., channel: support{routed}{volume}}}\n"


def month(name: str, notes: int, in_time: int | None = None) -> str:
    answered = "" if in_time is None else f", answered_in_time: {in_time}"
    return f"{{month: {name}, notes: {notes}{answered}}}"


def flow(make_basis: MakeBasis, *sources: str) -> FeedbackFlow:
    text = f"feedback_sources:\n{''.join(sources)}"
    found = feedback_flow(make_basis({"tools_inventory.yaml": TOOLS, "sources/feedback/sources.yaml": text}))
    assert found
    return found


def test_the_last_full_month_is_looked_at_and_most_comes_first(make_basis: MakeBasis) -> None:
    """A month that is not over yet is not looked at, and what was not counted comes last."""
    found = flow(
        make_basis,
        source("few", "one", month("2026-09", 9), month("2026-10", 3), month("2026-11", 80)),
        source("many", "one", month("2026-10", 20, 15)),
        source("late", "one", month("2026-09", 50)),
    )
    assert found.month == "October 2026"
    assert [(channel.source.id, channel.notes) for channel in found.channels] == [
        ("many", 20),
        ("few", 3),
        ("late", None),
    ]
    assert found.total == 23
    assert [channel.source.id for channel in found.uncounted] == ["late"]
    assert [channel.in_time for channel in found.channels] == [75, None, None]


@pytest.mark.parametrize(
    ("before", "now", "fell"), [(20, 10, True), (20, 11, False), (0, 0, False), (5, 0, True), (3, 1, True)]
)
def test_a_channel_that_fell_by_half_is_named(
    make_basis: MakeBasis, before: int, now: int, *, fell: bool
) -> None:
    found = flow(make_basis, source("a", "one", month("2026-09", before), month("2026-10", now)))
    assert bool(found.fallen) is fell


def test_what_ends_up_elsewhere_is_named(make_basis: MakeBasis) -> None:
    """The tool in which most sources end up is the one place; another, or none, is elsewhere."""
    found = flow(make_basis, source("a"), source("b"), source("c", "two"), source("d", ""))
    assert found.target
    assert found.target.id == "one"
    assert [channel.source.id for channel in found.elsewhere] == ["c", "d"]


def test_without_sources_there_is_nothing_to_show(make_basis: MakeBasis) -> None:
    assert feedback_flow(make_basis({})) is None
