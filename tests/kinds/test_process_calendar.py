"""The calendar of recurring processes."""

from __future__ import annotations

from datetime import date

import pytest

from handbook.kinds.any.change_notes import latest_changes
from handbook.kinds.process.calendar import Calendar, calendar
from handbook.kinds.process.rollout import process_rollout
from tests.conftest import TODAY, MakeBasis

ROLES = "roles: [{id: pm, name: PM, summary: A.}]\n"
PROCESS = """name: {name}
summary: It is done.
{more}
steps: [{{id: do, name: Do it, role: pm, what: Do it.}}]
"""
TRIAGE = """cadence: weekly
calendar:
  - {id: meeting, name: Meeting, repeats: every Tuesday, since: 2026-04-07, at: "10:00", lasts: 45 minutes,
     who: [pm]}
  - {id: digest, name: Digest, repeats: every Monday, since: 2027-03-01, at: "23:30", lasts: 1 hour}"""
TODAYS = """cadence: weekly
calendar:
  - {id: today, name: Today, repeats: every Monday, since: 2026-04-06, at: "10:00", lasts: 1 hour}"""
AUDIT = """trigger: The first Monday of the quarter.
calendar:
  - {id: audit, name: Audit, repeats: first Monday of March and December, since: 2026-06-01, lasts: 2 weeks}
  - {id: report, name: Report, repeats: last Friday of December, since: 2026-06-01, at: "09:00",
     lasts: 1 day}"""


def files(**processes: str) -> dict[str, str]:
    texts = {
        f"sources/processes/{name}.yaml": PROCESS.format(name=name, more=more)
        for name, more in processes.items()
    }
    return {"sources/roles.yaml": ROLES, **texts}


@pytest.fixture
def found(make_basis: MakeBasis) -> Calendar:
    others = {"planning": "cadence: yearly", "launch": "trigger: It is ready."}
    return calendar(make_basis(files(triage=TRIAGE, audit=AUDIT, **others)))


def test_what_goes_by_weeks_is_told_apart_from_what_goes_by_months(found: Calendar) -> None:
    assert [each.id for each in found.weekly] == ["digest", "meeting"]
    assert [each.id for each in found.monthly] == ["audit", "report"]


def test_the_year_goes_from_today_to_the_day_before_in_a_year(found: Calendar) -> None:
    assert (found.begin, found.last) == (date(2026, 11, 23), date(2027, 11, 22))
    assert found.pinned == ""
    meeting = found.weekly[1]
    assert (meeting.next, len(meeting.coming)) == (date(2026, 11, 24), 52)


def test_what_takes_place_today_is_still_to_come(make_basis: MakeBasis) -> None:
    (meeting,) = calendar(make_basis(files(triage=TODAYS))).weekly
    assert meeting.next == TODAY


def test_nothing_takes_place_before_its_first_day(found: Calendar) -> None:
    assert found.weekly[0].next == date(2027, 3, 1)


def test_months_name_the_days_and_where_several_end(found: Calendar) -> None:
    rows = [
        (month.name, each.appointment.id, each.day.isoformat(), each.until and each.until.isoformat())
        for month in found.months
        for each in month.dates
    ]
    assert rows == [
        ("December 2026", "audit", "2026-12-07", "2026-12-18"),
        ("December 2026", "report", "2026-12-25", None),
        ("March 2027", "audit", "2027-03-01", "2027-03-12"),
    ]


def test_times_are_said_from_when_to_when(found: Calendar) -> None:
    """What lasts for days fills them whole, even when it says when it begins."""
    assert [each.time for each in (*found.weekly, *found.monthly)] == [
        *("23:30 to 00:30", "10:00 to 10:45"),
        *("2 weeks", "1 day"),
    ]


def test_who_takes_part_is_an_entry(found: Calendar) -> None:
    assert [entry.name for entry in found.weekly[1].who] == ["PM"]


def test_processes_without_days_are_named(found: Calendar) -> None:
    assert [process.id for process in found.undated] == ["planning"]
    assert [process.id for process in found.started] == ["launch"]


def test_processes_are_grouped_by_how_far_they_have_come(make_basis: MakeBasis) -> None:
    states = {"a": "pilot", "b": "everyone", "c": "everyone", "d": "some-squads"}
    since = {"a": "2026-01-01", "b": "2026-02-01", "c": "2026-03-01", "d": "2026-04-01"}
    texts = {
        name: f"trigger: A.\nrollout: {{state: {states[name]}, since: {since[name]}}}" for name in states
    }
    found = process_rollout(make_basis(files(**texts, e="trigger: A.")))
    assert [(group.state, [each.id for each in group.processes]) for group in found.states] == [
        ("pilot", ["a"]),
        ("some-squads", ["d"]),
        ("everyone", ["c", "b"]),
    ]
    assert [each.id for each in found.without_status] == ["e"]


def test_the_newest_changes_of_all_processes_come_first(make_basis: MakeBasis) -> None:
    first = "{version: '1.0', date: 2026-01-01, note: First.}"
    notes = f"trigger: A.\nchanges: [{{{{version: '1.1', date: {{0}}, note: New.}}}}, {{{first}}}]"
    basis = make_basis(files(a=notes.format("2026-02-01"), b=notes.format("2026-03-01")))
    assert [(each.entry.id, each.version) for each in latest_changes(basis, kind="process", most=3)] == [
        ("b", "1.1"),
        ("a", "1.1"),
        ("a", "1.0"),
    ]


def test_what_goes_on_now_is_listed_under_the_month_in_which_it_began(make_basis: MakeBasis) -> None:
    """A planning of three weeks doesn't leave the calendar on its second day."""
    planning = """cadence: quarterly
calendar:
  - {id: plan, name: Plan, repeats: third Monday of November, since: 2026-06-01, lasts: 2 weeks}
  - {id: over, name: Over, repeats: second Monday of November, since: 2026-06-01, lasts: 1 week}"""
    found = calendar(make_basis(files(planning=planning)))
    dates = [(each.appointment.id, each.day, each.is_running) for each in found.months[0].dates]
    assert dates == [("plan", date(2026, 11, 16), True)]


BUSY = """cadence: quarterly
calendar:
  - {id: plan, name: Plan, repeats: third Monday of November, since: 2026-06-01, lasts: 2 weeks}
  - {id: week, name: Week, repeats: fourth Thursday of November, since: 2026-06-01, lasts: 3 days}
  - {id: late, name: Late, repeats: every Saturday, since: 2026-11-28, at: "09:00", lasts: 90 minutes,
     deadline: {name: Hand in, weekday: Tuesday, at: "12:00"}}"""


def test_the_month_has_whole_weeks_and_a_bar_for_what_takes_days(make_basis: MakeBasis) -> None:
    month = calendar(make_basis(files(triage=TRIAGE, busy=BUSY))).month
    assert [week.days[0].number for week in month.past_weeks] == ["26 Oct", "2", "9", "16"]
    assert [week.days[0].number for week in month.weeks] == ["23", "30", "7 Dec", "14 Dec"]
    last = month.weeks[0]
    bars = [(bar.occasion.appointment.name, bar.begin, bar.end, bar.lane, bar.goes_on) for bar in last.bars]
    assert bars == [("Plan", 0, 4, 0, False), ("Week", 3, 6, 1, True)]
    assert [len(day.occasions) for day in last.days] == [0, 1, 0, 0, 0, 1, 0]
    assert (month.has_weekends, last.lanes) == (True, 2)


def test_the_agenda_begins_today_and_opens_two_weeks(make_basis: MakeBasis) -> None:
    month = calendar(make_basis(files(triage=TRIAGE, busy=BUSY))).month
    assert [
        (each.name, [one.appointment.task if one.event else one.appointment.name for one in each.occasions])
        for each in month.soon
    ] == [
        ("Monday 23 November", ["Plan"]),
        ("Tuesday 24 November", ["Meeting", "Hand in"]),
        ("Thursday 26 November", ["Week"]),
        ("Saturday 28 November", ["Late"]),
        ("Tuesday 1 December", ["Meeting", "Hand in"]),
        ("Saturday 5 December", ["Late"]),
    ]
    assert month.later == ()


def test_the_time_that_a_month_takes_is_counted(make_basis: MakeBasis) -> None:
    month = calendar(make_basis(files(triage=TRIAGE, busy=BUSY))).month
    assert (month.meetings, month.hours, month.further) == (5, "4 h 30 min", ("Plan", "Week"))
