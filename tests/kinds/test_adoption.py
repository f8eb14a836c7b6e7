"""What is worked out of surveys, pain points, phases and roles."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.base.numbers import format_number
from handbook.base.quarters import Quarter, quarters_between
from handbook.kinds.pain_point.score import RankedPains, ranked_pain_points
from handbook.kinds.phase.order import phases_in_order
from handbook.kinds.role.career import career_ladders
from handbook.kinds.survey.impact import impact
from handbook.kinds.survey.quarters import first_features, median_days, surveys
from handbook.kinds.survey.time_audit import time_audit
from handbook.loaded.handbook import load
from tests.conftest import TODAY, MakeBasis, MakeSite

TEAMS = "teams: [{id: ops, name: Ops, summary: Helps.}]\n"


def survey(quarter: str, more: str = "") -> str:
    return f"  - {{id: {quarter}, name: S, summary: T., quarter: {quarter}{more}}}\n"


def audited(quarter: str, median: float, asked: int = 4, diaries: int = 4, **hours: float) -> str:
    work = ", ".join(f"{{activity: {name}, hours: {spent}}}" for name, spent in hours.items())
    return survey(
        quarter,
        f", time_audit: {{week_of: 2026-11-02, asked: {asked}, diaries: {diaries}, median: {median},"
        f" operational: [{work}], product: [{{activity: discovery, hours: 60}}]}}",
    )


def first(quarter: str, *days: tuple[str, str]) -> str:
    features = ", ".join(f"{{started_on: {began}, opened_on: {ended}}}" for began, ended in days)
    return survey(quarter, f", first_features: [{features}]")


def pain(name: str, often: int, bad: int, more: str = "", status: str = "open") -> str:
    return (
        f"  - {{id: {name}, name: {name}, summary: T., status: {status}, frequency: {often},"
        f" severity: {bad}{more}}}\n"
    )


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-01-01", "Q1 2026"),
        ("2026-03-31", "Q1 2026"),
        ("2026-04-01", "Q2 2026"),
        ("2026-12-31", "Q4 2026"),
    ],
)
def test_a_day_lies_in_the_quarter_of_its_months(day: str, expected: str) -> None:
    assert Quarter.of(date.fromisoformat(day)).words == expected


@given(st.dates(date(1, 1, 1), date(9998, 12, 31)))
def test_a_quarter_ends_with_the_last_of_its_days(day: date) -> None:
    quarter = Quarter.of(day)
    assert day <= quarter.last_day
    assert Quarter.of(quarter.last_day) == quarter
    assert Quarter.of(quarter.last_day.fromordinal(quarter.last_day.toordinal() + 1)) == quarter.following


def test_quarters_follow_each_other_over_the_turn_of_the_year() -> None:
    found = quarters_between(Quarter(2025, 3), Quarter(2026, 2))
    assert [quarter.words for quarter in found] == ["Q3 2025", "Q4 2025", "Q1 2026", "Q2 2026"]
    assert quarters_between(Quarter(2026, 2), Quarter(2026, 1)) == []


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Fraction(9, 2), "4.5"),
        (Fraction(5, 100), "0.1"),
        (Fraction(4, 100), "0"),
        (Fraction(-4, 100), "0"),
        (Fraction(-1, 2), "\N{MINUS SIGN}0.5"),
        (Fraction(1200), "1,200"),
        (Fraction(1999, 100), "20"),
    ],
)
def test_an_amount_has_one_decimal_at_most(amount: Fraction, words: str) -> None:
    assert format_number(amount) == words


# 20 of 80 hours are operational: 12.5% for reporting (10 of 80), as much for searching. A year is 20 hours by
# 4 diaries, for 5 people and 46 weeks: 1,150 hours.
def test_the_shares_of_activities_are_of_all_hours_and_a_year_is_for_all_who_were_asked(
    make_basis: MakeBasis,
) -> None:
    audits = time_audit(
        make_basis(
            {
                "sources/adoption/surveys.yaml": "surveys:\n"
                + audited("2026-q4", 26, 5, searching=10, reporting=10)
            }
        )
    )
    assert audits.last
    assert [(each.name, each.share, each.a_year) for each in audits.last.operational] == [
        ("reporting", "12.5%", 575),
        ("searching", "12.5%", 575),
    ]
    assert (audits.last.together, audits.last.share, audits.last.a_year) == ("25%", "26%", 1150)


@pytest.mark.parametrize(
    ("median", "passed"),
    [(20, (False, False)), (20.1, (True, False)), (29.9, (True, False)), (30, (True, True))],
)
def test_the_limit_is_passed_above_20_percent_and_far_from_30(
    make_basis: MakeBasis, median: float, passed: tuple[bool, bool]
) -> None:
    last = time_audit(
        make_basis({"sources/adoption/surveys.yaml": "surveys:\n" + audited("2026-q4", median, searching=1)})
    ).last
    assert last
    assert (last.over, last.severe) == passed


def test_audits_stand_in_the_order_of_quarters_and_what_was_not_measured_is_named(
    make_basis: MakeBasis,
) -> None:
    found = time_audit(
        make_basis(
            {
                "sources/adoption/surveys.yaml": "surveys:\n"
                + audited("2026-q2", 22, searching=5, queueing=5)
                + survey("2026-q1")
                + audited("2025-q4", 31, searching=20)
            }
        )
    )
    assert [audit.quarter for audit in found.audits] == ["Q4 2025", "Q2 2026"]
    assert [each.id for each in found.unmeasured] == ["2026-q1"]
    assert found.change == "9 percentage points down since Q4 2025"
    assert found.by_activity == (("queueing", ("", "7.1%")), ("searching", ("25%", "7.1%")))


def test_without_surveys_there_is_no_audit_and_no_impact(make_basis: MakeBasis) -> None:
    basis = make_basis({"sources/teams.yaml": TEAMS})
    assert time_audit(basis).last is None
    assert impact(basis).quarters == ()


# Days: 10 Jan to 9 Feb are 30; 1 Feb to 1 March are 28; 1 April to 11 May are 40; 4 May to 8 June are 35.
FEATURES = (
    "surveys:\n"
    + first("2026-q2", ("2026-05-04", "2026-06-08"), ("2026-04-01", "2026-05-11"))
    + first("2026-q1", ("2026-01-10", "2026-02-09"), ("2026-02-01", "2026-03-01"))
)


@pytest.mark.parametrize(
    ("until", "days", "median"),
    [((2026, 1), [30, 28], 29), ((2026, 2), [28, 40, 35], 35), ((2025, 4), [], None)],
)
def test_the_first_features_of_the_last_three_who_started_count(
    make_basis: MakeBasis, until: tuple[int, int], days: list[int], median: int | None
) -> None:
    basis = make_basis({"sources/adoption/surveys.yaml": FEATURES})
    features = first_features(surveys(basis), Quarter(*until))
    assert [took for took, _ in features] == days
    assert median_days(features) == median


EXPERIMENT = """name: A
summary: B
status: {status}
hypothesis: C
ended_on: {day}
variants: [{{id: a, name: A, share: 50}}, {{id: b, name: B, share: 50}}]
decision: {{outcome: ship, date: {day}, why: D}}
results: [{{variant: a, participants: 9, conversions: 1}}, {{variant: b, participants: 9, conversions: 2}}]
"""


def test_impact_has_every_quarter_up_to_today_and_says_what_was_not_counted(make_basis: MakeBasis) -> None:
    """Today lies in the fourth quarter of 2026; the third has no survey, but an experiment.

    Only those with the results of every variant count.
    """
    decided = EXPERIMENT.format(status="decided", day="2026-07-01")
    basis = make_basis(
        {
            "sources/adoption/surveys.yaml": "surveys:\n"
            + survey("2026-q2", ", experiments_elsewhere: 2, product_managers: 7"),
            "sources/experiments/one.yaml": EXPERIMENT.format(status="decided", day="2026-06-30"),
            "sources/experiments/two.yaml": decided,
            "sources/experiments/half.yaml": decided.replace(
                "share: 50}]", "share: 25}, {id: c, name: C, share: 25}]"
            ),
            "sources/experiments/three.yaml": EXPERIMENT.format(status="stopped", day="2026-07-01"),
        }
    )
    found = impact(basis)
    assert [(each.quarter, each.experiments, each.running) for each in found.quarters] == [
        ("Q2 2026", 3, False),
        ("Q3 2026", 1, False),
        ("Q4 2026", None, True),
    ]
    assert found.missing[2] == (
        "Q4 2026",
        ("time on operations", "time to first shipped feature", "experiments"),
    )


def test_without_experiments_the_impact_says_nothing_about_them(make_basis: MakeBasis) -> None:
    """The surveys count only those that the handbook doesn't have: alone, they would show too few."""
    surveyed = "surveys:\n" + survey("2026-q4", ", experiments_elsewhere: 2")
    basis = make_basis(
        {"sources/adoption/surveys.yaml": surveyed, "sources/handbook.yaml": "kinds: {experiment: off}\n"}
    )
    found = impact(basis)
    assert not found.has_experiments
    assert [each.experiments for each in found.quarters] == [None]
    assert found.missing == (("Q4 2026", ("time on operations", "time to first shipped feature")),)


PAINS = (
    "pain_points:\n"
    + pain("large", 5, 5, ", effort_days: 30")
    + pain("quick", 3, 3, ", effort_days: 5")
    + pain("quicker", 3, 3, ", effort_days: 0.5")
    + pain("slow", 3, 3, ", effort_days: 5.5")
    + pain("small", 2, 4, ", effort_days: 1")
    + pain("unknown", 3, 4)
    + pain("gone", 5, 5, ", effort_days: 1, resolved_on: 2026-05-01", "resolved")
    + pain("borne", 5, 5, ", effort_days: 1", "accepted")
)


def test_a_quick_win_hurts_takes_five_days_at_most_and_is_not_resolved(make_basis: MakeBasis) -> None:
    found = ranked_pain_points(make_basis({"sources/adoption/pain-points.yaml": PAINS}))
    assert [(each.pain.id, each.gain) for each in found.quick_wins] == [("quicker", "18"), ("quick", "1.8")]
    assert [(each.pain.id, each.score) for each in found.others] == [
        ("large", 25),
        ("unknown", 12),
        ("slow", 9),
        ("small", 8),
    ]
    assert [each.pain.id for each in found.unestimated] == ["unknown"]
    assert [each.pain.id for each in found.top] == ["large", "unknown", "quicker"]
    assert [each.pain.id for each in (*found.resolved, *found.accepted)] == ["gone", "borne"]


def test_of_two_with_one_score_more_people_and_then_less_effort_come_first(make_basis: MakeBasis) -> None:
    source = (
        "pain_points:\n"
        + pain("a", 3, 4, ", effort_days: 20, named_by: 2")
        + pain("b", 4, 3, ", effort_days: 10, named_by: 2")
        + pain("c", 3, 4, ", effort_days: 40, named_by: 3")
        + pain("d", 3, 4, ", named_by: 2")
    )
    found = ranked_pain_points(make_basis({"sources/adoption/pain-points.yaml": source}))
    assert [each.pain.id for each in found.others] == ["c", "b", "a", "d"]


def every(found: RankedPains) -> list[str]:
    lists = (found.quick_wins, found.others, found.resolved, found.accepted)
    return sorted(each.pain.id for ranked in lists for each in ranked)


def test_every_pain_point_stands_in_one_place(make_basis: MakeBasis) -> None:
    basis = make_basis({"sources/adoption/pain-points.yaml": PAINS})
    assert every(ranked_pain_points(basis)) == sorted(basis.catalogue.entries("pain_point"))


@pytest.mark.parametrize(
    ("starts", "state", "standing"),
    [
        ("2026-10-26", "open", (True, False)),  # four weeks: to 22 November
        ("2026-10-26", "done", (False, False)),
        ("2026-10-27", "open", (False, True)),  # to 23 November, which is today
        ("2026-11-24", "open", (False, False)),
    ],
)
def test_a_phase_is_late_when_its_last_day_has_passed_with_open_tasks(
    make_basis: MakeBasis, starts: str, state: str, standing: tuple[bool, bool]
) -> None:
    """The two say whether it is late, and whether today lies in it."""
    source = (
        f"phases:\n  - {{id: one, name: O, summary: T., weeks: {{from: 1, to: 4}}, starts_on: {starts},"
        f" tasks: [{{id: do, name: Do, state: {state}}}]}}\n"
        "  - {id: later, name: L, summary: T., weeks: {from: 5, to: 6},"
        " tasks: [{id: do, name: Do, state: open}]}\n"
    )
    one, later = phases_in_order(make_basis({"sources/adoption/phases.yaml": source}))
    assert one.from_day
    assert one.to_day
    assert ((one.to_day - one.from_day).days + 1, one.late, one.current) == (4 * 7, *standing)
    assert (later.phase.id, later.from_day, later.late) == ("later", None, False)
    assert (later.done, later.tasks) == (0, 1)


@pytest.mark.parametrize(("audience", "salary"), [("internal", ""), ("restricted", "USD 424,242 to 434,343")])
def test_a_ladder_has_its_rungs_from_the_lowest_and_salaries_for_those_who_may_see_them(
    make_site: MakeSite, audience: str, salary: str
) -> None:
    source = (
        "roles:\n"
        "  - {id: a, name: Head, summary: T., career: {ladder: ops, level: 2, years: {from: 8},"
        " salary: {from: 424242, to: 434343, currency: USD}}}\n"
        "  - {id: b, name: New, summary: T., career: {ladder: ops, level: 1, years: {from: 0, to: 2}}}\n"
        "  - {id: c, name: Other, summary: T.}\n"
    )
    (ladder,) = career_ladders(load(make_site({"sources/roles.yaml": source}), TODAY, audience).basis)
    assert [(rung.role.id, rung.years, rung.salary) for rung in ladder.levels] == [
        ("b", "0 to 2", ""),
        ("a", "8 or more", salary),
    ]
    assert ladder.with_salaries == bool(salary)
