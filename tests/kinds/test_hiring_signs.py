"""Which signs the data finds, and whether it is time to hire."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from handbook.kinds.survey.hiring_signs import hiring_signs
from handbook.kinds.survey.sign_answers import ANSWERS, answer
from tests.conftest import MakeBasis
from tests.sites import ROOT

SURVEYS = "sources/adoption/surveys.yaml"
AUDIT = (
    "surveys: [{{id: 2026-q4, name: S, summary: T., quarter: 2026-q4, time_audit: {{week_of: 2026-11-02,"
    " asked: 10, diaries: {diaries}, median: 30,"
    " operational: [{{activity: tool-administration, hours: {hours}}},"
    " {{activity: manual-reporting, hours: 5}}, {{activity: searching, hours: 10}}],"
    " product: [{{activity: discovery, hours: 75}}]}}}}]\n"
)
FIRST = (
    "surveys: [{{id: 2026-q4, name: S, summary: T., quarter: 2026-q4, first_features:"
    " [{{started_on: 2026-10-01, opened_on: {opened}{cause}}}]}}]\n"
)
PLANNING = (
    "surveys: [{{id: 2026-q3, name: S, summary: T., quarter: 2026-q3, planning:"
    " {{first_day: 2026-09-07, published_on: {published}{cause}}}}}]\n"
)
TOOL = "  - {{id: {name}, name: {name}, summary: T., category: feedback, status: {status}{more}}}\n"
SOURCE = "  - {{id: {name}, name: {name}, summary: T., channel: {channel}{more}}}\n"
TEAMS = "teams: [{id: ops, name: Ops, summary: Helps.}]\n"


def tools(*statuses: str, more: str = "") -> str:
    return "tools:\n" + "".join(
        TOOL.format(name=f"tool-{at}", status=status, more=more) for at, status in enumerate(statuses)
    )


def sources(*routes: str) -> Mapping[str, str]:
    found = "".join(
        SOURCE.format(name=f"source-{at}", channel="sales", more=route) for at, route in enumerate(routes)
    )
    return {
        "sources/feedback/sources.yaml": f"feedback_sources:\n{found}",
        "tools_inventory.yaml": tools("active", "active"),
    }


def metrics(*more: str) -> Mapping[str, str]:
    return {
        "sources/metrics.yaml": "metrics:\n"
        + "".join(
            f"  - {{id: m{at}, name: M{at}, summary: T., definition: D.{said}}}\n"
            for at, said in enumerate(more)
        )
    }


def experiment(status: str, more: str = "", owner: str = "owner: ops") -> Mapping[str, str]:
    text = f"name: E\nsummary: T.\nstatus: {status}\nhypothesis: H.\n{owner}\n{more}\n"
    return {"sources/teams.yaml": TEAMS, "sources/experiments/e.yaml": text}


EARLIER = ", earlier_meanings: [{who: Growth, meaning: Another}]"
START = "starts_on: 2026-11-02\n"
DECIDED = "ended_on: 2026-11-01\ndecision: {outcome: ship, date: 2026-11-02, why: So.}"

CASES: list[tuple[str, Mapping[str, str], str]] = [
    ("operational-time", {}, "open"),
    # Of the operational activities, tool administration and reporting count.
    ("operational-time", {SURVEYS: AUDIT.format(diaries=8, hours=10)}, "no"),
    ("operational-time", {SURVEYS: AUDIT.format(diaries=8, hours=16.25)}, "no"),  # 20% exactly
    ("operational-time", {SURVEYS: AUDIT.format(diaries=8, hours=16.5)}, "yes"),
    ("operational-time", {SURVEYS: AUDIT.format(diaries=7, hours=35)}, "open"),  # fewer than four in five
    (
        "operational-time",
        {
            SURVEYS: AUDIT.format(diaries=8, hours=35)
            .replace("tool-administration", "chores")
            .replace("manual-reporting", "lists")
        },
        "open",
    ),
    ("first-feature-time", {}, "open"),
    ("first-feature-time", {SURVEYS: FIRST.format(opened="2026-10-29", cause="")}, "no"),  # 28 days
    ("first-feature-time", {SURVEYS: FIRST.format(opened="2026-10-30", cause="")}, "open"),  # why is not said
    ("first-feature-time", {SURVEYS: FIRST.format(opened="2026-10-30", cause=", held_up_by: access")}, "no"),
    (
        "first-feature-time",
        {SURVEYS: FIRST.format(opened="2026-10-30", cause=", held_up_by: descriptions")},
        "yes",
    ),
    ("planning-time", {}, "open"),
    ("planning-time", {SURVEYS: PLANNING.format(published="2026-09-25", cause="")}, "no"),  # 15 working days
    ("planning-time", {SURVEYS: PLANNING.format(published="2026-09-27", cause="")}, "no"),  # a Sunday more
    ("planning-time", {SURVEYS: PLANNING.format(published="2026-09-28", cause="")}, "open"),
    ("planning-time", {SURVEYS: PLANNING.format(published="2026-09-28", cause=", held_up_by: data")}, "yes"),
    ("planning-time", {SURVEYS: PLANNING.format(published="2026-09-28", cause=", held_up_by: people")}, "no"),
    ("feedback-places", {}, "open"),
    ("feedback-places", sources(", routed_to: tool-0", ", routed_to: tool-0"), "no"),
    ("feedback-places", sources(", routed_to: tool-0", ", routed_to: tool-1"), "yes"),
    ("feedback-places", sources(", routed_to: tool-0", ""), "yes"),
    ("feedback-places", sources("", ""), "open"),
    ("metrics-twice", {}, "open"),
    ("metrics-twice", metrics(", status: agreed", ", status: agreed"), "no"),
    ("metrics-twice", metrics(", status: agreed, aliases: [Use]", ", status: agreed, aliases: [use]"), "yes"),
    (
        "metrics-twice",
        metrics(", status: agreed, aliases: [Use]", ", status: replaced, aliases: [use]"),
        "no",
    ),
    ("metrics-twice", metrics(", status: agreed, valid_from: 2026-11-23" + EARLIER), "no"),
    ("metrics-twice", metrics(", status: agreed, valid_from: 2026-11-24" + EARLIER), "yes"),
    ("metrics-twice", metrics(", status: proposed" + EARLIER), "yes"),
    ("request-answers", {}, "open"),
    ("experiment-states", {}, "open"),
    ("experiment-states", experiment("draft"), "no"),
    ("experiment-states", experiment("draft", owner=""), "yes"),
    ("experiment-states", experiment("running", START + "planned_end: 2026-11-23"), "no"),
    ("experiment-states", experiment("running", START + "planned_end: 2026-11-22"), "yes"),
    ("experiment-states", experiment("planned", "starts_on: 2026-11-22\nplanned_end: 2026-12-01"), "yes"),
    ("experiment-states", experiment("planned", "starts_on: 2026-11-23\nplanned_end: 2026-12-01"), "no"),
    ("experiment-states", experiment("stopped", DECIDED), "no"),
    ("tool-owners", {}, "open"),
    ("tool-owners", {"tools_inventory.yaml": tools(*["active"] * 5)}, "yes"),
    ("tool-owners", {"tools_inventory.yaml": tools(*["active"] * 4, "retired", "proposed")}, "no"),
    # An active tool must have an owner. One who never reviews it is none.
    *(
        (
            "tool-owners",
            {
                "tools_inventory.yaml": tools(
                    *["active"] * number, more=f", owner: ops, review: {{last: 2026-01-01, next: {due}}}"
                ),
                "sources/teams.yaml": TEAMS,
            },
            answer,
        )
        for number, due, answer in (
            (5, "2026-08-24", "yes"),
            (5, "2026-08-25", "no"),
            (4, "2026-08-24", "no"),
        )
    ),
    (
        "tool-owners",
        {"tools_inventory.yaml": tools(*["sunset"] * 6, more=", owner: ops"), "sources/teams.yaml": TEAMS},
        "no",
    ),
    # No one has read the entries of a new handbook, so they are no evidence.
    (
        "tool-owners",
        {
            "tools_inventory.yaml": tools("active", more=", owner: ops, review: {next: 2999-01-01}"),
            "sources/teams.yaml": TEAMS,
        },
        "open",
    ),
    (
        "feedback-places",
        sources(", routed_to: tool-0", ", routed_to: tool-0, review: {next: 2999-01-01}"),
        "open",
    ),
]


@pytest.mark.parametrize(("sign", "files", "state"), CASES)
def test_a_sign_is_there_or_not_or_left_to_the_reader(
    make_basis: MakeBasis, sign: str, files: Mapping[str, str], state: str
) -> None:
    found = answer(make_basis(files or {"sources/teams.yaml": TEAMS}), sign)
    assert found
    assert found.state == state, found.evidence
    assert found.evidence.endswith(".")


@pytest.mark.parametrize(
    ("sign", "files", "words"),
    [
        (
            "first-feature-time",
            {SURVEYS: FIRST.format(opened="2026-10-30", cause=", held_up_by: access")},
            " Over the limit, but documentation was not the cause.",
        ),
        (
            "planning-time",
            {SURVEYS: PLANNING.format(published="2026-09-28", cause=", held_up_by: people")},
            " Over the limit, but data was not the cause.",
        ),
    ],
)
def test_a_number_over_its_limit_with_another_cause_says_why_the_sign_is_not_present(
    make_basis: MakeBasis, sign: str, files: Mapping[str, str], words: str
) -> None:
    found = answer(make_basis(files), sign)
    assert found
    assert found.state == "no"
    assert found.evidence.endswith(words)


def test_tools_that_all_have_an_owner_are_not_counted_as_none(make_basis: MakeBasis) -> None:
    owned = tools(*["active"] * 6, more=", owner: ops")
    found = answer(make_basis({"tools_inventory.yaml": owned, "sources/teams.yaml": TEAMS}), "tool-owners")
    assert found
    assert found.evidence == "All 6 tools in use have an owner."


def test_requests_that_vanish_only_people_can_see_but_what_is_answered_in_time_is_shown(
    make_basis: MakeBasis,
) -> None:
    more = ", routed_to: tool-0, volume: [{month: 2026-10, notes: 10, answered_in_time: 7}]"
    found = answer(make_basis(sources(more)), "request-answers")
    assert found
    assert (found.state, found.evidence) == ("open", "Answered on time in October 2026: source-0 70%.")


def checklist(*items: str, threshold: int = 2) -> str:
    listed = "".join(f"      - {{id: i{at}, name: I{at}{item}}}\n" for at, item in enumerate(items))
    return (
        "name: C\nsummary: T.\ngroups:\n  - id: g\n    name: G\n    items:\n"
        f"{listed}scoring: {{threshold: {threshold}, reached: Hire., not_reached: Wait.}}\n"
    )


OWNERS, AUDITED = ", answered_from: tool-owners", ", answered_from: operational-time"


@pytest.mark.parametrize(
    ("items", "people", "verdict"),
    [
        ((OWNERS, AUDITED), 5, "hire"),
        ((OWNERS, AUDITED), 4, "small-team"),
        ((OWNERS, ""), 9, "tick"),
        ((OWNERS,), 9, "wait"),
        ((OWNERS, ", answered_from: planning-time"), 9, "tick"),
        ((", answered_from: feedback-places", OWNERS, ", answered_from: metrics-twice"), 9, "tick"),
    ],
)
def test_the_verdict_counts_what_the_data_finds_and_what_is_left_to_tick(
    make_basis: MakeBasis, items: tuple[str, ...], people: int, verdict: str
) -> None:
    """Five tools without an owner and a share above 20% are two signs; the checklist asks for two."""
    survey = AUDIT.format(diaries=8, hours=25).replace(
        "quarter: 2026-q4", f"quarter: 2026-q4, product_managers: {people}"
    )
    found = hiring_signs(
        make_basis(
            {
                "sources/checklists/c.yaml": checklist(*items),
                "tools_inventory.yaml": tools(*["active"] * 5),
                SURVEYS: survey,
            }
        )
    )
    assert found
    assert found.recommendation == verdict
    assert [sign.id for sign in found.signs] == [f"i{at}" for at in range(len(items))]


def test_a_checklist_that_asks_the_data_nothing_has_no_signs(make_basis: MakeBasis) -> None:
    assert hiring_signs(make_basis({"sources/checklists/c.yaml": checklist("", "")})) is None


def test_every_answer_that_a_checklist_may_ask_for_is_there() -> None:
    schema = json.loads((ROOT / "schemas/checklist.schema.json").read_text(encoding="utf-8"))
    item = schema["properties"]["groups"]["items"]["properties"]["items"]["items"]
    assert set(item["properties"]["answered_from"]["enum"]) == set(ANSWERS)
