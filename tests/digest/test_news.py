"""What a digest says of changes, each by its weight to readers."""

from __future__ import annotations

import pytest

from handbook.diff.comparison import compare_states
from handbook.diff.states import state_of_folder
from handbook.digest.news import DigestSection, gather
from tests.conftest import MakeBasis, MakeSite


def changes(make_site: MakeSite, make_basis: MakeBasis, before: str, after: str) -> DigestSection:
    """Return what a digest says has changed in the metrics of a handbook."""
    then = state_of_folder(make_site({"sources/metrics.yaml": before}))
    basis = make_basis({"sources/metrics.yaml": after})
    now = state_of_folder(make_site({}))
    return gather("Handbook", "yesterday", compare_states(then, now), basis).parts[0]


METRIC = """metrics:
  - id: churn
    name: Churn
    summary: {summary}
    status: agreed
    definition: Accounts that have left.
    formula: {formula}
"""
BEFORE = METRIC.format(summary="Shows how many leave.", formula="All that left.")


def test_a_change_of_wording_is_counted_and_not_described(make_site: MakeSite, make_basis: MakeBasis) -> None:
    after = METRIC.format(summary="Shows who leaves.", formula="All that left.")
    part = changes(make_site, make_basis, BEFORE, after)
    assert part.lines == ()
    assert part.more == "and 1 with editorial changes only"


def test_a_change_of_meaning_is_described_without_the_changes_of_wording_in_it(
    make_site: MakeSite, make_basis: MakeBasis
) -> None:
    after = METRIC.format(summary="Shows who leaves.", formula="All that left and paid.")
    part = changes(make_site, make_basis, BEFORE, after)
    assert ["".join(piece.text for piece in line) for line in part.lines] == [
        "Churn (metric, changed): Formula"
    ]
    assert part.more == ""


PLANNING = """name: Planning
summary: Plans the quarter.
calendar:
  - repeats: last day of November
    since: 2026-11-01
    deadline: {name: Send your goals, before: 2 days, at: "17:00"}
  - {id: sync, name: Sync, repeats: every Tuesday, since: 2026-11-01, deadline: {weekday: Monday}}
"""


def test_deadlines_of_the_next_weeks_come_with_the_events_that_are_not_weekly(
    make_site: MakeSite, make_basis: MakeBasis
) -> None:
    basis = make_basis({"sources/processes/planning.yaml": PLANNING})
    state = state_of_folder(make_site({}))
    coming = gather("Handbook", "yesterday", compare_states(state, state), basis).parts[2]
    assert ["".join(piece.text for piece in line) for line in coming.lines] == [
        "Send your goals: Planning: Thursday, 26 November 2026, 17:00",
        "Planning: Monday, 30 November 2026",
    ]


@pytest.mark.parametrize(("number", "more"), [(20, ""), (21, "and 1 more")])
def test_a_part_lists_twenty_lines_and_counts_the_rest(
    make_site: MakeSite, make_basis: MakeBasis, number: int, more: str
) -> None:
    added = "metrics:\n" + "".join(
        f"  - {{id: m{each}, name: M{each}, summary: S., status: agreed, definition: D., formula: F.}}\n"
        for each in range(number)
    )
    part = changes(make_site, make_basis, "metrics: []\n", added)
    assert (len(part.lines), part.more) == (20, more)
