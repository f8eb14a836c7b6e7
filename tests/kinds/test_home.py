"""The home page says what it knows, and nothing of what a company doesn't have."""

from __future__ import annotations

from datetime import date

import pytest

from handbook.loaded.handbook import load
from tests.conftest import MakeSite
from tests.render.test_pages import pages_of

PROCESS = """\
name: Triage
summary: A.
why: B.
calendar:
  - {id: slot, name: Slot, repeats: every Tuesday, since: "2026-01-06", at: "10:00", except: ["2026-11-24"]}
"""
TEMPLATE = "name: Note\nsummary: A.\nsections: [{id: a, name: A, guidance: A., required: true}]\n"
TOOLS = """\
tools:
  - {id: a, name: A, summary: A., category: roadmap, status: active, access: {how: Ask., takes: 2 days}}
  - {id: b, name: B, summary: A., category: roadmap, status: active, access: {how: Ask., takes: 2 days}}
  - {id: c, name: C, summary: A., category: roadmap, status: retired}
"""


@pytest.mark.parametrize(
    ("today", "first", "days"),
    [
        (date(2026, 11, 17), date(2026, 11, 16), [date(2026, 11, 17)]),
        (date(2026, 11, 27), date(2026, 11, 23), []),  # an exception
        (date(2026, 11, 28), date(2026, 11, 30), [date(2026, 12, 1)]),  # a Saturday
    ],
)
def test_this_week_is_the_working_week_and_on_a_weekend_the_next_one(
    make_site: MakeSite, today: date, first: date, days: list[date]
) -> None:
    week = load(make_site({"sources/processes/triage.yaml": PROCESS}), today).figure("this_week")
    assert (week.first, [event.day for event in week.events]) == (first, days)


@pytest.mark.parametrize(
    ("today", "due", "slot"),
    [
        (date(2026, 11, 16), date(2026, 11, 16), date(2026, 11, 17)),
        (date(2026, 11, 17), None, date(2026, 11, 24)),  # too late for the event of today
        (date(2026, 11, 20), None, date(2026, 11, 24)),
    ],
)
def test_only_deadlines_and_slots_that_are_not_missed_are_named(
    make_site: MakeSite, today: date, due: date | None, slot: date
) -> None:
    used = (
        "deadline: {weekday: Monday}}\nsteps: [{id: a, name: A, role: writer, what: A., templates: [note]}]\n"
    )
    process = PROCESS.replace('except: ["2026-11-24"]}\n', used)
    files = {"sources/processes/triage.yaml": process, "sources/templates/note.yaml": TEMPLATE}
    handbook = load(make_site(files), today)
    assert [event.due for event in handbook.figure("this_week").events] == [due]
    assert handbook.figure("frequent_jobs").next_slot.day == slot
    page = pages_of(handbook)["processes/triage.md"].markdown
    assert ("Next with open deadline" in page) == (today == date(2026, 11, 17))


@pytest.mark.parametrize("status", ["proposed", "sunset", "retired"])
def test_jobs_count_what_is_in_use(make_site: MakeSite, status: str) -> None:
    tools = TOOLS.replace("retired", status)
    jobs = load(make_site({"tools_inventory.yaml": tools})).figure("frequent_jobs")
    assert (jobs.tools, jobs.access_takes) == (2, "2 days")
    assert (jobs.template, jobs.checklist, jobs.items, jobs.metrics) == (None, None, 0, 0)


def test_a_handbook_without_these_kinds_has_a_home_page_all_the_same(make_site: MakeSite) -> None:
    off = "kinds: {process: off, template: off, checklist: off, metric: off, question: off}\n"
    handbook = load(make_site({"tools_inventory.yaml": TOOLS, "sources/handbook.yaml": off}))
    assert handbook.figure("this_week").events == ()
    assert handbook.figure("frequent_jobs").template is None
    assert handbook.figure("often_asked") == ()
    trust = handbook.figure("can_i_trust_this")
    assert (trust.number, trust.owned, trust.overdue, trust.next) == (2, 0, 0, None)
    assert [(each.kind, each.number) for each in handbook.figure("content_types")] == [("tool", 3)]


@pytest.mark.parametrize("today", [date.min, date.max])
def test_the_first_and_the_last_day_have_a_week(make_site: MakeSite, today: date) -> None:
    assert load(make_site({"tools_inventory.yaml": TOOLS}), today).figure("this_week").events == ()
