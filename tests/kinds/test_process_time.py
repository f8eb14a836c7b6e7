"""How long a process may take, when each step is, and who does what."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from handbook.kinds.process.responsibilities import responsibilities
from handbook.kinds.process.time import ProcessTime, process_time
from handbook.kinds.process.timeline import process_timeline
from tests.conftest import MakeBasis

TimeOf = Callable[..., ProcessTime | None]
ROLES = "roles: [{id: pm, name: PM, summary: A.}]\n"


def step(name: str, time: str = "", answers: str = "") -> str:
    lines = [f"  - {{id: {name}, name: Do {name}, role: pm, what: Do it."]
    lines += [f", time_allowed: {time}"] if time else []
    lines += [f", decision: {{question: Well?, answers: [{answers}]}}"] if answers else []
    return "".join([*lines, "}\n"])


def end(name: str) -> str:
    return f"{{answer: {name}, ends: It ends.}}"


def to(name: str) -> str:
    return f"{{answer: {name}, go_to: {name}}}"


@pytest.fixture
def time_of(make_basis: MakeBasis) -> TimeOf:
    def work_out(*steps: str) -> ProcessTime | None:
        text = f"name: A\nsummary: B.\ntrigger: C.\nsteps:\n{''.join(steps)}"
        basis = make_basis({"sources/processes/a.yaml": text, "sources/roles.yaml": ROLES})
        return process_time(basis, basis.catalogue.entry("process", "a"))

    return work_out


@pytest.mark.parametrize(
    ("steps", "days", "way"),
    [
        ([step("a", "2 days"), step("b", "1 week")], 7, "ab"),
        ([step("a", "4 hours"), step("b", "30 minutes")], Fraction(9, 16), "ab"),
        # Of two answers the one with the longer way counts.
        ([step("a", "1 day", f"{to('b')}, {to('c')}"), step("b", "3 days"), step("c", "2 days")], 6, "abc"),
        ([step("a", "1 day", f"{to('c')}, {end('x')}"), step("b", "3 days"), step("c", "2 days")], 3, "ac"),
        # A way back is not followed.
        ([step("a", "1 day"), step("b", "2 days", f"{end('x')}, {to('a')}")], 3, "ab"),
        ([step("a", "1 day", f"{to('a')}, {end('x')}")], 1, "a"),
    ],
)
def test_the_longest_way_counts(time_of: TimeOf, steps: list[str], days: Fraction, way: str) -> None:
    """The time is that of the steps on the longest way that never leads back."""
    time = time_of(*steps)
    assert time
    assert (time.days, "".join(time.steps)) == (days, way)


def test_what_is_not_known_is_said(time_of: TimeOf) -> None:
    """Steps without a limit and ways back are named; with no limit at all there is no time."""
    time = time_of(step("a", "1 day"), step("b", "", f"{end('x')}, {to('a')}"))
    assert time
    assert time.days == 1
    assert time.untimed == ("b",)
    assert time.repeats
    assert time_of(step("a"), step("b")) is None


@pytest.mark.parametrize(
    ("time", "words"),
    [
        ("10 minutes", "1 hour"),
        ("4 hours", "4 hours"),
        ("1 day", "1 day"),
        ("9 hours", "2 days"),
        ("5 days", "1 week"),
        ("11 days", "2 weeks and 1 day"),
    ],
)
def test_the_time_is_said_in_words(time_of: TimeOf, time: str, words: str) -> None:
    """Weeks and days, rounded up; below one day in hours."""
    found = time_of(step("a", time))
    assert found
    assert found.words == words


def test_steps_follow_each_other_on_the_timeline(make_basis: MakeBasis) -> None:
    steps = [
        step("a", "1 week"),
        step("b"),
        step("c", "4 hours", f"{to('d')}, {end('x')}"),
        step("d", "2 days"),
    ]
    text = f"name: A\nsummary: B.\ntrigger: C.\nsteps:\n{''.join(steps)}"
    basis = make_basis({"sources/processes/a.yaml": text, "sources/roles.yaml": ROLES})
    line = process_timeline(basis, basis.catalogue.entry("process", "a"))
    assert line
    assert line.minutes == 7.5 * 480
    assert [(bar.number, bar.start, bar.minutes, bar.is_decision) for bar in line.bars] == [
        (1, 0, 2400, False),
        (3, 2400, 240, True),
        (4, 2640, 960, False),
    ]
    assert [(bar.is_late, bar.is_long) for bar in line.bars] == [(False, True), (True, False), (True, False)]
    assert [(mark.name, mark.start) for mark in line.marks] == [("Week 1", 0), ("Week 2", 2400)]


@pytest.mark.parametrize("steps", [[step("a", "1 day")], [step("a"), step("b")]])
def test_a_process_with_little_to_see_has_no_timeline(make_basis: MakeBasis, steps: list[str]) -> None:
    text = f"name: A\nsummary: B.\ntrigger: C.\nsteps:\n{''.join(steps)}"
    basis = make_basis({"sources/processes/a.yaml": text, "sources/roles.yaml": ROLES})
    assert process_timeline(basis, basis.catalogue.entry("process", "a")) is None


def test_everyone_has_one_part_in_an_activity(make_basis: MakeBasis) -> None:
    roles = "roles: [{id: pm, name: PM, summary: A.}, {id: lead, name: Lead, summary: A.}]\n"
    raci = """raci:
  - {activity: Write, accountable: pm, responsible: [pm], informed: [lead]}
  - {activity: Decide, decides: true, accountable: lead, responsible: [pm, lead], consulted: [pm]}
"""
    files = {
        "sources/processes/a.yaml": f"name: A\nsummary: B.\ncadence: weekly\n{raci}",
        "sources/roles.yaml": roles,
    }
    basis = make_basis(files)
    found = responsibilities(basis, basis.catalogue.entry("process", "a"))
    assert found
    assert [who.id for who in found.everyone] == ["pm", "lead"]
    letters = {activity.name: [role.letter for role in activity.roles] for activity in found.activities}
    assert letters == {"Write": ["A", "I"], "Decide": ["R", "A R"]}
    assert [(each.who.id, each.what) for each in found.decisions] == [("lead", "Decide")]
