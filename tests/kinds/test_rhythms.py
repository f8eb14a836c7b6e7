"""When events take place: what people write, what pages say, and what calendar apps make of the feed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from dateutil.rrule import rruleset, rrulestr  # type: ignore[import-untyped]
from hypothesis import given, settings
from icalendar import Calendar, Event, vRecur

from handbook.base.findings import Finding
from handbook.feeds.calendar import CalendarFeed
from handbook.feeds.recurrence_rule import recurrence_rule
from handbook.kinds.process.appointment import Appointment
from handbook.kinds.process.calendar import appointments, calendar
from handbook.loaded.handbook import load
from handbook.read.files import find_site
from tests.base.test_recurrence import DAYS, recurrences
from tests.cases import read_cases
from tests.conftest import TODAY, MakeBasis
from tests.effort import runs

CASES: Sequence[Mapping[str, Any]] = read_cases(Path(__file__).with_name("rhythms.yaml"))
END = date(2027, 11, 23)
WHO = "roles: [{id: pm, name: PM, summary: A.}]\n"


def process(*events: Mapping[str, Any], **more: Any) -> str:
    """A ritual with these events."""
    return json.dumps({"name": "A", "summary": "B.", "why": "C.", "calendar": events, **more}, default=str)


def events_of(text: str) -> dict[str, Event]:
    return {str(event["UID"]).partition("@")[0]: event for event in Calendar.from_ical(text).events}


def exceptions_of(event: Any) -> list[date]:
    return [part.dt for part in event["EXDATE"].dts] if "EXDATE" in event else []


def days_of(event: Event) -> list[date]:
    """The dates of an event in the coming year, as dateutil reads its rule and its exceptions."""
    start = event.start if isinstance(event.start, datetime) else datetime.combine(event.start, time())
    dates = rruleset()
    if "RRULE" in event:
        dates.rrule(rrulestr(vRecur(event["RRULE"]).to_ical().decode(), dtstart=start))  # type: ignore[no-untyped-call]
    else:
        dates.rdate(start)
    for day in exceptions_of(event):
        dates.exdate(day if isinstance(day, datetime) else datetime.combine(day, time()))
    first, last = (datetime.combine(day, time(), start.tzinfo) for day in (TODAY, END))
    return [day.date() for day in dates.between(first, last, inc=True) if day < last]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Appointment], dict[str, Event]]:
    """The events of all cases on the pages and in the feed."""
    folder = tmp_path_factory.mktemp("rhythms")
    (folder / "mkdocs.yml").write_text("site_name: Test\n")
    (folder / "sources/processes").mkdir(parents=True)
    (folder / "sources/handbook.yaml").write_text("timezone: Europe/Berlin\n")
    for number, case in enumerate(CASES):
        event = case["event"] if isinstance(case["event"], dict) else {"repeats": case["event"]}
        (folder / f"sources/processes/case-{number:02}.yaml").write_text(
            process(event, name=f"Case {number}")
        )
    handbook = load(find_site(folder), TODAY)
    assert [finding for finding in handbook.report.findings if finding.severity == "error"] == []
    (download,) = CalendarFeed(handbook.basis, "Handbook").all()
    return list(appointments(handbook.basis)), events_of(download.text)


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: str(CASES[number]["event"]))
def test_what_people_write_is_in_the_calendar_and_in_the_feed(
    number: int, written: tuple[list[Appointment], dict[str, Event]]
) -> None:
    case, (found, feed) = CASES[number], written
    each = found[number]
    assert each.repeats == case["says"]
    assert each.time == case.get("time", "")
    assert list(each.coming[: len(case["next"])]) == case["next"]
    events = [event for uid, event in feed.items() if uid.startswith(each.process.id)]
    rules = [vRecur(event["RRULE"]).to_ical().decode() for event in events if "RRULE" in event]  # type: ignore[no-untyped-call]
    assert rules == case["rules"]
    assert sorted(day for event in events for day in days_of(event)) == list(each.coming)
    skips = [day for event in events for day in exceptions_of(event)]
    assert [day.date() if isinstance(day, datetime) else day for day in skips] == case.get("skips", [])


@settings(max_examples=runs(sample=60, full=1000))
@given(recurrences(), DAYS)
def test_calendar_apps_calculate_the_dates_of_the_pages(recurrence: Any, since: date) -> None:
    months = recurrence.months if recurrence.interval == 1 and 0 < len(recurrence.months) < 12 else [0]
    end = date(since.year + 3, 1, 1)
    found = []
    for month in months:
        days = (day for day in recurrence.days(since) if month in {0, day.month})
        first = next(days, None)
        if not first:  # such as 31 June
            continue
        start = datetime.combine(first, time(), UTC)
        rule = vRecur(recurrence_rule(recurrence, month)).to_ical().decode()  # type: ignore[no-untyped-call]
        found += rrulestr(rule, dtstart=start).between(start, datetime.combine(end, time(), UTC), inc=True)
    expected = []
    for day in recurrence.days(since):
        if day > end:
            break
        expected.append(day)
    assert sorted(day.date() for day in found) == expected


def findings(check: Any, *events: Mapping[str, Any]) -> list[str]:
    found: list[Finding] = check({"sources/processes/a.yaml": process(*events)})
    return [f"{finding.code} {finding.message} — {finding.hint}" for finding in found]


NO_DATES = "Correct `repeats`, `since`, `until` or `except`, so that at least one date is left"


@pytest.mark.parametrize(
    ("event", "message", "hint"),
    [
        (
            {"repeats": "every tusday"},
            "HB334 Invalid value `every tusday` for `repeats`",
            "Did you mean `every Tuesday`?",
        ),
        (
            {"repeats": "every other Thursday"},
            "HB334 Missing field `since`: `every other Thursday` counts weeks from the first event",
            "Add `since: …` with the date of an event, such as the next one",
        ),
        (
            {"repeats": "every Tuesday", "since": "2027-01-01", "until": "2027-01-04"},
            "HB334 The event has no dates",
            NO_DATES,
        ),
        ({"repeats": "31st of June"}, "HB334 The event has no dates", NO_DATES),
        (
            {"repeats": "31st of each month"},
            "HB335 `31st of the month` leaves out the months that end sooner",
            "Use `last day of the month`, or a day up to the 28th",
        ),
        (
            {"repeats": "every Tuesday", "except": ["2026-12-28"]},
            "HB335 The event does not take place on `2026-12-28`",
            "Use `2026-12-22` or `2026-12-29`, or remove the line",
        ),
        (
            {"repeats": "every Tuesday", "until": "2026-12-15", "except": ["2026-12-28"]},
            "HB335 The event does not take place on `2026-12-28`",
            "Use `2026-12-15`, or remove the line",
        ),
        (
            {"repeats": "every Tuesday", "timezone": "Los Angeles"},
            "HB105 Unknown time zone `Los Angeles`",
            "Did you mean `America/Los_Angeles`?",
        ),
    ],
)
def test_a_mistake_in_the_dates_is_found(
    check: Any, event: Mapping[str, Any], message: str, hint: str
) -> None:
    assert findings(check, event) == [f"{message} — {hint}"]


def test_a_ritual_needs_a_reason_but_neither_steps_nor_training(check: Any) -> None:
    assert findings(check, {"repeats": "every weekday"}) == []
    text = process({"repeats": "every weekday"}).replace('"why": "C.", ', "")
    (finding,) = check({"sources/processes/a.yaml": text})
    assert finding.message == "Missing `why` of a ritual"


@pytest.mark.parametrize("words", ["30th of June", "31st of March and December", "28th of each month"])
def test_a_day_that_all_its_months_have_is_fine(check: Any, words: str) -> None:
    assert findings(check, {"repeats": words}) == []


def test_an_event_without_a_first_day_is_as_old_as_its_process(make_basis: MakeBasis) -> None:
    notes = [
        {"version": "1.1", "date": "2026-06-01", "note": "A."},
        {"version": "1.0", "date": "2026-02-02", "note": "A."},
    ]
    texts = {
        "a": process({"repeats": "every Tuesday"}, version="1.1", changes=notes),
        "b": process(
            {"repeats": "every Tuesday"}, name="B", review={"last": "2026-03-01", "next": "2027-03-01"}
        ),
        "c": process({"repeats": "once, on 2019-03-01"}, name="C"),
    }
    basis = make_basis({f"sources/processes/{name}.yaml": text for name, text in texts.items()})
    firsts = [date(2026, 2, 3), date(2026, 1, 6), date(2019, 3, 1)]
    assert [each.first for each in appointments(basis)] == firsts


def test_many_exceptions_are_counted(make_basis: MakeBasis) -> None:
    days = ["2026-11-24", "2026-12-01", "2026-12-08", "2026-12-15", "2026-12-22"]
    event = {"repeats": "every Tuesday", "except": days}
    (each,) = appointments(make_basis({"sources/processes/a.yaml": process(event)}))
    assert each.repeats == "every Tuesday, except 24 November 2026 and 4 more dates"


def test_events_without_ids_differ_in_the_feed(make_basis: MakeBasis) -> None:
    text = process({"repeats": "every Tuesday"}, {"repeats": "every Friday"})
    (download,) = CalendarFeed(make_basis({"sources/processes/a.yaml": text}), "Handbook").all()
    assert sorted(events_of(download.text)) == ["a", "a.event-2"]


def test_dates_that_could_not_be_read_are_shown_as_written(make_basis: MakeBasis) -> None:
    """A site can switch off the rule that reports them."""
    rules = {"sources/handbook.yaml": "rules: {HB334: off}\n"}
    basis = make_basis({**rules, "sources/processes/a.yaml": process({"repeats": "now and then"})})
    (each,) = appointments(basis)
    assert (each.when, each.coming, each.next) == ("Now and then", (), None)
    assert [len(download.text) > 0 for download in CalendarFeed(basis, "Handbook").all()] == [True]


def test_events_that_are_over_are_not_on_the_calendar_page(make_basis: MakeBasis) -> None:
    events = [
        {"repeats": "once, on 2026-11-22"},
        {"repeats": "every Monday", "until": "2026-11-22"},
        {"repeats": "every Monday", "until": "2026-11-23"},
        {"repeats": "every Monday", "since": "2028-01-01"},
    ]
    files = {
        f"sources/processes/{name}.yaml": process(event, name=name, **more)
        for name, event, more in zip("abcd", events, [{"cadence": "weekly"}, {}, {}, {}], strict=True)
    }
    found = calendar(make_basis(files))
    assert [each.process.id for each in found.weekly] == ["c", "d"]
    assert found.monthly == ()
    assert [each.id for each in found.undated] == ["a"]
    assert found.started == ()


DEADLINES = process(
    {
        "repeats": "every Wednesday",
        "at": "14:00",
        "deadline": {"weekday": "Thursday", "at": "12:00", "name": "Submit"},
    },
    {"repeats": "first Monday of the month", "since": "2026-11-24", "deadline": {"before": "2 days"}},
    {"repeats": "every Monday and Tuesday", "until": "2026-12-08", "deadline": {"weekday": "Tuesday"}},
)


def test_a_deadline_is_the_last_such_day_before_an_event(make_basis: MakeBasis) -> None:
    weekly, monthly, often = appointments(make_basis({"sources/processes/a.yaml": DEADLINES}))
    assert [each.deadline for each in (weekly, monthly, often)] == [
        "Submit by 12:00 on the Thursday before",
        "Hand in at least two working days before",
        "Hand in by the Tuesday before",
    ]
    # The deadline of the event on 25 November has passed.
    assert weekly.next_due
    assert (weekly.next_due.day, weekly.next_due.event) == (
        date(2026, 11, 26),
        date(2026, 12, 2),
    )
    assert monthly.next_due
    assert (monthly.next_due.day, monthly.next_due.event) == (
        date(2026, 12, 3),
        date(2026, 12, 7),
    )
    assert [(due.day.day, due.event.day) for due in often.dues(often.coming)] == [(17, 23), (24, 30), (1, 7)]


def test_a_deadline_is_an_event_in_the_feed_that_blocks_no_time(make_basis: MakeBasis) -> None:
    (download,) = CalendarFeed(make_basis({"sources/processes/a.yaml": DEADLINES}), "Handbook").all()
    found = events_of(download.text)
    first = found["a.deadline.2026-12-24"]
    assert (first["SUMMARY"], first.start, first["TRANSP"]) == (
        "Submit: A",
        datetime(2026, 12, 24, 12, tzinfo=UTC),
        "TRANSPARENT",
    )
    assert first["DESCRIPTION"] == "For A on 30 December 2026\n\nA: B."
    assert found["a.event-2.deadline.2026-12-03"].start == date(2026, 12, 3)
    assert (
        max(uid for uid in found if uid.startswith("a.event-2.deadline")) == "a.event-2.deadline.2027-12-02"
    )


def test_each_time_zone_in_the_feed_is_described_once(make_basis: MakeBasis) -> None:
    events = [
        {"repeats": "every Tuesday", "at": "9:00", "timezone": zone, "since": "2026-03-03"}
        for zone in ("America/Los_Angeles", "Asia/Tokyo", "UTC", "America/Los_Angeles")
    ]
    files = {
        "sources/handbook.yaml": "timezone: Europe/Berlin\n",
        "sources/processes/a.yaml": process(*events),
    }
    (download,) = CalendarFeed(make_basis(files), "Handbook").all()
    assert download.text.count("TZID:America/Los_Angeles") == 1
    assert download.text.count("TZID:Asia/Tokyo") == 1
    assert "TZID:UTC" not in download.text
    assert "TZID:Europe/Berlin" not in download.text
    starts = [event.start for event in events_of(download.text).values()]
    assert [isinstance(start, datetime) and start.astimezone(UTC).hour for start in starts] == [17, 0, 9, 17]
