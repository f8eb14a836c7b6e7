"""The shipped handbook agrees with itself in the pairs that a machine can compare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import ceil
from typing import Any

import pytest

from handbook.kinds.process.calendar import appointments
from handbook.link.catalogue import Entry
from tests.shipped import load_shipped
from tests.sites import ROOT

WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
NUMBERS = {word: number for number, word in enumerate(WORDS, 1)}
DAYS = {"minute": Fraction(1, 480), "hour": Fraction(1, 8), "day": Fraction(1), "week": Fraction(5)}
CATALOGUE = load_shipped().catalogue


def entry(kind: str, name: str) -> Mapping[str, Any]:
    """Return the data of an entry."""
    return CATALOGUE.entry(kind, name).data


# A summary's duration against the steps it covers.


@dataclass(frozen=True)
class Claim:
    """A duration in a summary: its words, its working days and the steps it covers (`ALL`, or their ids)."""

    words: str
    days: int
    steps: str


ALL = ""
CLAIMS = {
    "feature-request-triage": (
        Claim("within four working days", 4, "prepare propose decide give-owner answer"),
        Claim("or 14 if you need more evidence", 14, ALL),
    ),
    "feedback-routing": (Claim("NPS comments and research sessions within five", 5, ALL),),
    "post-mortem": (Claim("within ten working days", 10, ALL),),
    "prd-review": (
        Claim("at most eight working days", 8, "check-complete comment answer discuss decide hand-over"),
        Claim("Writing the draft can take five more", 5, "write"),
        Claim("testing first adds one", 1, "hand-over-test"),
    ),
    "quarterly-planning": (Claim("within three weeks", 15, ALL),),
    "quarterly-tool-audit": (Claim("in three weeks", 15, ALL),),
}
NOT_DURATIONS = {
    "feature-request-triage": ("at most 10 or 20 working days after the request arrives",),
    "feedback-routing": ("within two working days",),
    "launch": ("after 30 days",),
}
"""Days in summaries that say when something happens, are for some cases, or include an earlier wait."""
PERIOD = re.compile(
    r"(?:within|in|at most|after)? ?(?:\d+|" + "|".join(NUMBERS) + r") (?:working days|days|weeks)"
)


def wrong_durations(process: Mapping[str, Any], claims: Sequence[Claim]) -> list[str]:
    """Return the claims that are not in the summary or differ from the time their steps may take."""
    wrong = []
    for claim in claims:
        steps = [step for step in process["steps"] if claim.steps == ALL or step["id"] in claim.steps.split()]
        if claim.words not in process["summary"] or ceil(sum(map(days_of, steps))) != claim.days:
            wrong.append(claim.words)
    return wrong


def days_of(step: Mapping[str, Any]) -> Fraction:
    """Return the working days that a step may take."""
    number, unit = step["time_allowed"].split()
    return int(number) * DAYS[unit.removesuffix("s")]


@pytest.mark.parametrize("name", CLAIMS)
def test_a_summary_states_the_duration_of_its_steps(name: str) -> None:
    assert wrong_durations(entry("process", name), CLAIMS[name]) == []


def test_every_duration_in_a_summary_is_compared() -> None:
    for process in CATALOGUE.entries("process").values():
        known = [claim.words for claim in CLAIMS.get(process.id, ())] + list(
            NOT_DURATIONS.get(process.id, ())
        )
        for period in PERIOD.findall(process.data["summary"]):
            assert any(period.strip() in words for words in known), (process.id, period)


@pytest.mark.parametrize(
    ("summary", "days"), [("Takes at most two weeks.", 2), ("Takes at most two days.", 3)]
)
def test_a_wrong_duration_is_found(summary: str, days: int) -> None:
    process = {"summary": summary, "steps": [{"id": "a", "time_allowed": f"{days} days"}]}
    assert wrong_durations(process, [Claim("at most two days", 2, ALL)]) == ["at most two days"]


def test_a_right_duration_passes() -> None:
    steps = [{"id": "a", "time_allowed": "12 hours"}, {"id": "b", "time_allowed": "30 minutes"}]
    process = {"summary": "Takes at most two days.", "steps": steps}
    assert wrong_durations(process, [Claim("at most two days", 2, ALL)]) == []


# A stated number against what it counts.


def item(checklist: str, wanted: str) -> Mapping[str, Any]:
    """Return an item of a checklist."""
    items = (item for group in entry("checklist", checklist)["groups"] for item in group["items"])
    return next(item for item in items if item["id"] == wanted)


def step(process: str, wanted: str) -> str:
    """Return what to do in a step of a process."""
    return str(next(each["what"] for each in entry("process", process)["steps"] if each["id"] == wanted))


def section(template: str, wanted: str) -> str:
    """Return the guidance of a section of a template."""
    sections = entry("template", template)["sections"]
    return str(next(each["guidance"] for each in sections if each["id"] == wanted))


def page(name: str) -> str:
    """Return the source of a page on one line a paragraph."""
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def count_items(text: str, words: str = "") -> int:
    """Return the number of items in the first list after some words."""
    lines = [line.strip() for line in text[max(text.find(words), 0) :].splitlines()]
    starts = [bool(re.match(r"- |\d+\. ", line)) for line in lines]
    first = starts.index(True) if True in starts else len(lines)
    last = next((index for index in range(first, len(lines)) if not lines[index]), len(lines))
    return sum(starts[first:last])


def count_rows(text: str) -> int:
    """Return the number of rows in a table, without its head."""
    return sum(line.strip().startswith("|") for line in text.splitlines()) - 2


def count_clauses(text: str, words: str) -> int:
    """Return how many clauses, divided by commas, follow some words and a colon."""
    flat = " ".join(text.split())
    clauses = re.search(rf"{re.escape(words)}[^:]*:([^.?]*)[.?]", flat)
    return clauses[1].count(",") + 1 if clauses else 0


def stated(words: str) -> int:
    """Return the number that some words state."""
    return next(NUMBERS[word] for word in words.casefold().split() if word in NUMBERS)


DIARY = item("pm-time-audit", "diary-ready")
QUESTIONS = item("pm-time-audit", "questions-answered")
SOURCES = len(CATALOGUE.entries("feedback_source"))
SIGNS = sum(len(group["items"]) for group in entry("checklist", "hiring-triggers")["groups"])
SURVEY = next(each for each in entry("phase", "audit-and-quick-wins")["tasks"] if each["id"] == "survey")[
    "what"
]
TRIAGE, STAGES = step("feature-request-triage", "decide"), step("launch", "open-in-stages")
ADOPTION, CAUSES = section("launch-review", "adoption"), section("post-mortem", "causes")
SEATS = item("quarterly-tool-audit", "managers-asked")["details"]

COUNTS = [
    (TRIAGE, "four questions", count_items(TRIAGE, "four questions")),
    (STAGES, "four guardrails", count_items(STAGES, "four guardrails")),
    (
        step("quarterly-tool-audit", "ask"),
        "four questions",
        count_clauses(SEATS, "Four questions, five minutes"),
    ),
    (SEATS, "Four questions", count_clauses(SEATS, "Four questions, five minutes")),
    (DIARY["name"], "twelve activities", count_rows(DIARY["details"])),
    (QUESTIONS["name"], "five questions", count_items(QUESTIONS["details"])),
    (SURVEY, "five questions", count_items(QUESTIONS["details"])),
    (entry("checklist", "hiring-triggers")["summary"], "Eight signs", SIGNS),
    (page("product-ops/when-to-hire.md"), "eight signs", SIGNS),
    (ADOPTION, "four steps", count_clauses(ADOPTION, "four steps")),
    (CAUSES, "three groups", count_items(CAUSES, "three groups")),
]


@pytest.mark.parametrize(("text", "words", "counted"), COUNTS, ids=[words for _, words, _ in COUNTS])
def test_a_stated_number_is_what_it_counts(text: str, words: str, counted: int) -> None:
    assert words in " ".join(text.split())
    assert stated(words) == counted


def test_lists_tables_and_clauses_are_counted() -> None:
    text = "1. Not this one.\n\nAnswer two questions:\n\n- Who\n  and why?\n- When?\n\n- Another list."
    assert (stated("two questions"), count_items(text, "two questions")) == (2, 2)
    assert count_items(text.replace("- When?\n", ""), "two questions") == 1
    assert count_rows("| A |\n|---|\n| 1 |\n| 2 |\n") == 2
    assert count_clauses("Three steps: saw it, tried it, kept it. Then, a rest.", "Three steps") == 3
    assert (count_items("No list."), count_clauses("No clauses.", "Three steps")) == (0, 0)


# A channel against the teams' channels.

CHANNEL = re.compile(r"(?<![\w/.({#])(?<!{ )#[a-z][a-z-]+\b")


def unknown_channels(text: str, channels: Iterable[str]) -> set[str]:
    """Return the channels that a text names and that belong to no team; a launch has its own."""
    return {name for name in CHANNEL.findall(text) if not name.startswith("#launch-")} - set(channels)


def test_every_channel_belongs_to_a_team() -> None:
    channels = [team.data["channel"] for team in CATALOGUE.entries("team").values()]
    files = [
        ROOT / "tools_inventory.yaml",
        *(ROOT / "sources").rglob("*.yaml"),
        *(ROOT / "docs/start").rglob("*.md"),
    ]
    texts = {file: file.read_text(encoding="utf-8") for file in files}
    assert [
        (file, found) for file, text in texts.items() if (found := unknown_channels(text, channels))
    ] == []


def test_an_unknown_channel_is_found() -> None:
    text = (
        "# Heading { #old-id }\nAsk in #data or #feedback, see [Metrics](metrics.md#grain), #launch-FEATURE."
    )
    assert unknown_channels(text, ["#data"]) == {"#feedback"}


# Two meetings of one role at one time.


@dataclass(frozen=True)
class Meeting:
    """A weekly meeting: its name, its weekday, the minutes of the day it lasts and the roles that attend."""

    name: str
    weekday: str
    minutes: range
    roles: frozenset[str]


WEEKDAY_AND_TIME = re.compile(r"(\w+day) at (\d\d):(\d\d)")


def meeting(name: str, day_and_time: str, lasts: int, who: Iterable[Entry]) -> Meeting:
    """Return a meeting; a team that attends stands for all its roles."""
    found = WEEKDAY_AND_TIME.search(day_and_time)
    assert found, day_and_time
    start = int(found[2]) * 60 + int(found[3])
    ids = {each.id for each in who}
    roles = {role.id for role in CATALOGUE.entries("role").values() if ids & {role.id, role.data["team"]}}
    return Meeting(name, found[1], range(start, start + lasts), frozenset(roles))


def shipped_meetings() -> list[Meeting]:
    """Return the meetings of the processes, and those in which a dashboard is looked at.

    A dashboard can be looked at in a meeting of a process. It names the meeting then.
    """
    timed = [each for each in appointments(load_shipped().basis) if each.at]
    meetings = [
        meeting(
            f"{each.process.id}: {each.id}", f"{each.repeats} at {each.at}", each.timing.minutes, each.who
        )
        for each in timed
    ]
    for dashboard in CATALOGUE.entries("dashboard").values():
        when = dashboard.data["read_when"]
        said = when.lower()
        named = any(
            each.name.lower() in said and f"{each.repeats} at {each.at}".lower() in said for each in timed
        )
        if WEEKDAY_AND_TIME.search(when) and not named:
            names = dashboard.data["read_by"]
            who = filter(None, (CATALOGUE.resolve(("role", "team"), name) for name in names))
            meetings.append(meeting(f"dashboard {dashboard.id}", when, 30, who))
    return meetings


def clashes(meetings: Iterable[Meeting]) -> list[tuple[str, str]]:
    """Return the names of the meetings that one role would have to attend at the same time."""
    return [
        (one.name, other.name)
        for one, other in combinations(meetings, 2)
        if one.weekday == other.weekday and set(one.minutes) & set(other.minutes) and one.roles & other.roles
    ]


def test_no_role_has_two_meetings_at_the_same_time() -> None:
    meetings = shipped_meetings()
    assert len(meetings) > 4
    assert clashes(meetings) == []


TRIAGE_MEETING = meeting("triage", "every Tuesday at 10:00", 45, [CATALOGUE.entry("role", "product-manager")])


def clashes_with_triage(day_and_time: str, who: str) -> bool:
    """Return whether a meeting of half an hour clashes with triage."""
    other = CATALOGUE.resolve(("role", "team"), who)
    assert other
    return bool(clashes([TRIAGE_MEETING, meeting("other", day_and_time, 30, [other])]))


@pytest.mark.parametrize("who", ["product-manager", "product"])
def test_a_clash_is_found(who: str) -> None:
    assert clashes_with_triage("every Tuesday at 10:30", who)


@pytest.mark.parametrize(
    ("day_and_time", "who"),
    [
        ("every Tuesday at 10:45", "product-manager"),
        ("every Monday at 10:30", "product-manager"),
        ("every Tuesday at 10:30", "procurement-lead"),
    ],
)
def test_other_times_and_roles_do_not_clash(day_and_time: str, who: str) -> None:
    assert not clashes_with_triage(day_and_time, who)
