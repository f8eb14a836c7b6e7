"""The feed that calendar programs subscribe to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from icalendar import Calendar, Event, vRecur

from handbook.feeds.calendar import CalendarFeed
from handbook.feeds.time_zone import changes, describe
from handbook.kinds.any.basis import Basis
from handbook.kinds.process.calendar import appointments
from tests.conftest import TODAY
from tests.kinds.test_process_calendar import AUDIT, TRIAGE, files
from tests.render.conftest import MakeHandbook

BERLIN = {"sources/handbook.yaml": "timezone: Europe/Berlin\n"}


def feed_of(basis: Basis, address: str = "") -> str:
    (download,) = CalendarFeed(basis, "Handbook", address).all()
    assert download.path == "processes/calendar.ics"
    return download.text


def events(text: str) -> dict[str, Event]:
    return {str(event["UID"]).partition("@")[0]: event for event in Calendar.from_ical(text).events}


def rule_of(event: Event) -> str:
    return vRecur(event["RRULE"]).to_ical().decode()  # type: ignore[no-any-return, no-untyped-call]


def days_of(event: Event) -> list[date]:
    """The days of an event in the year from the day of the tests on, as dateutil reads its rule."""
    first = event.start.date() if isinstance(event.start, datetime) else event.start
    noon = [datetime.combine(day, time(12), UTC) for day in (first, TODAY, date(2027, 11, 22))]
    return [day.date() for day in rrulestr(rule_of(event), dtstart=noon[0]).between(*noon[1:], inc=True)]


@pytest.fixture
def basis(make_handbook: MakeHandbook) -> Basis:
    return make_handbook({**files(triage=TRIAGE, audit=AUDIT), **BERLIN}).basis


def test_an_appointment_with_a_time_is_in_the_time_zone_of_the_handbook(basis: Basis) -> None:
    meeting = events(feed_of(basis))["triage.meeting"]
    zone = ZoneInfo("Europe/Berlin")
    assert meeting.start == datetime(2026, 4, 7, 10, tzinfo=zone)
    assert meeting.end == datetime(2026, 4, 7, 10, 45, tzinfo=zone)
    assert "TRANSP" not in meeting


def test_an_appointment_without_a_time_fills_whole_days_and_blocks_none(basis: Basis) -> None:
    audit = events(feed_of(basis))["audit.audit.december"]
    assert (audit.start, audit.end) == (date(2026, 12, 7), date(2026, 12, 19))
    assert audit["TRANSP"] == "TRANSPARENT"


def test_recurrences_are_of_the_kind_that_outlook_reads(basis: Basis) -> None:
    """One weekday in one month, or by weeks; several months are several events."""
    rules = {uid: rule_of(event) for uid, event in events(feed_of(basis)).items()}
    assert rules == {
        "triage.meeting": "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU",
        "triage.digest": "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO",
        "audit.audit.march": "FREQ=YEARLY;BYDAY=MO;BYMONTH=3;BYSETPOS=1",
        "audit.audit.december": "FREQ=YEARLY;BYDAY=MO;BYMONTH=12;BYSETPOS=1",
        "audit.report.december": "FREQ=YEARLY;BYDAY=FR;BYMONTH=12;BYSETPOS=-1",
    }


def test_the_days_of_the_feed_are_those_of_the_page(make_handbook: MakeHandbook) -> None:
    monthly = AUDIT.replace("of March and December", "of the month")
    texts = files(triage=TRIAGE.replace("every Monday", "every other Monday"), audit=monthly)
    basis = replace(make_handbook(texts).basis, today=TODAY)
    found = events(feed_of(basis))
    for each in appointments(basis):
        days = [
            day
            for uid, event in found.items()
            if uid.startswith(f"{each.process.id}.{each.id}")
            for day in days_of(event)
        ]
        assert sorted(days) == list(each.coming)


def test_the_same_sources_give_the_same_bytes_on_any_day(basis: Basis) -> None:
    later = replace(basis, today=basis.today + timedelta(days=400))
    assert feed_of(basis) == feed_of(later)
    assert "\r\n" in feed_of(basis)
    assert "\n" not in feed_of(basis).replace("\r\n", "")


def test_an_event_says_what_it_is_for_and_where_to_read_on(basis: Basis) -> None:
    found = events(feed_of(basis, "https://handbook.example.com/"))["triage.meeting"]
    address = "https://handbook.example.com/processes/triage/"
    assert found["SUMMARY"] == "Meeting"
    assert found["URL"] == address
    assert found["DESCRIPTION"] == f"triage: It is done.\n\nParticipants: PM\n\n{address}"
    assert "URL" not in events(feed_of(basis))["triage.meeting"]


def test_without_appointments_there_is_no_feed(make_handbook: MakeHandbook) -> None:
    assert (
        list(CalendarFeed(make_handbook(files(launch="trigger: It is ready.")).basis, "Handbook").all()) == []
    )


def test_times_in_utc_need_no_time_zone(make_handbook: MakeHandbook) -> None:
    text = feed_of(make_handbook(files(triage=TRIAGE)).basis)
    assert "DTSTART:20260407T100000Z" in text
    assert "VTIMEZONE" not in text


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("Europe/Berlin", ["-1SU in 3", "-1SU in 10"]),
        ("America/New_York", ["2SU in 3", "1SU in 11"]),
        ("Australia/Sydney", ["1SU in 4", "1SU in 10"]),
        ("Asia/Tokyo", []),
    ],
)
def test_a_time_zone_is_written_as_yearly_rules(name: str, rules: list[str]) -> None:
    """Outlook reads nothing else."""
    text = describe(ZoneInfo(name), 2026).to_ical().decode()
    found = [line.split(";") for line in text.splitlines() if line.startswith("RRULE")]
    assert [
        f"{day.removeprefix('BYDAY=')} in {month.removeprefix('BYMONTH=')}" for _, day, month in found
    ] == rules
    assert "RDATE" not in text
    assert text.count("BEGIN:STANDARD") == 1


@pytest.mark.parametrize(
    "name",
    [
        "Europe/Berlin",
        "America/New_York",
        "Asia/Tokyo",
        "Africa/Casablanca",
        "Asia/Jerusalem",
        "Europe/Dublin",
    ],
)
def test_a_described_time_zone_tells_the_time_of_the_real_one(name: str) -> None:
    zone = ZoneInfo(name)
    described = describe(zone, 2026).to_tz(lookup_tzid=False)
    start = datetime(2026, 1, 1, 12, tzinfo=UTC)
    wrong = [
        day
        for day in (start + timedelta(days=number) for number in range(365 * 5))
        if day.astimezone(zone).utcoffset() != day.astimezone(zone).replace(tzinfo=described).utcoffset()
    ]
    assert wrong == []


def test_a_change_is_told_by_the_clock_before_it() -> None:
    (spring, autumn) = changes(ZoneInfo("Europe/Berlin"), 2026, 2027)
    assert (spring.at.isoformat(), autumn.at.isoformat()) == ("2026-03-29T02:00:00", "2026-10-25T03:00:00")


def test_the_values_of_metrics_that_are_due_on_a_day_are_one_event(make_handbook: MakeHandbook) -> None:
    """Everyone gets the feed, so it says who records each."""
    fields = "status: agreed, definition: B., readings: {every: month}"
    metrics = "".join(
        f"  - {{id: {name}, name: {name.title()}, summary: A., owner: pm, {fields}}}\n"
        for name in ("users", "teams", "late")
    )
    days = {"users": "2026-10-31", "teams": "2026-10-31", "late": "2026-09-30"}
    readings = {f"sources/readings/{name}.csv": f"day,value,note\n{day},9,\n" for name, day in days.items()}
    sources = {**files(triage=TRIAGE), **readings, "sources/metrics.yaml": f"metrics:\n{metrics}"}
    found = events(feed_of(make_handbook(sources).basis))
    assert [name for name in found if name.startswith("readings.")] == [
        "readings.2026-11-07",
        "readings.2026-12-07",
    ]
    due = found["readings.2026-12-07"]
    assert (due["SUMMARY"], due["TRANSP"]) == ("Record 2 metric values: Teams, Users", "TRANSPARENT")
    assert "Users (PM)\nLast value: 9 on 31 October 2026" in str(due["DESCRIPTION"])
