"""Which tools suit a team."""

from __future__ import annotations

import pytest

from handbook.kinds.any.basis import Basis
from handbook.kinds.tool.picker import COMPLEXITIES, NEEDS, Candidate, Team, pick, tool_picker
from tests.conftest import MakeBasis
from tests.shipped import load_shipped

INVENTORY = """tools:
  - {id: small, name: Small, summary: A., category: roadmap, status: retired,
     fit: {team_size: {from: 1, to: 20}, workflow_complexity: [simple], integration_needs: [few]}}
  - {id: large, name: Large, summary: A., category: roadmap, status: active,
     fit: {team_size: {from: 20, to: 500}, workflow_complexity: [moderate, complex],
           integration_needs: [many]}}
  - {id: wide, name: Wide, summary: A., category: roadmap, status: trial,
     fit: {team_size: {from: 1, to: 500}, workflow_complexity: [simple, moderate, complex],
           integration_needs: [few, some, many]}}
  - {id: new, name: New, summary: A., category: roadmap, status: proposed,
     fit: {team_size: {from: 1, to: 600}, workflow_complexity: [simple, moderate, complex],
           integration_needs: [few, some, many]}}
  - {id: mute, name: Mute, summary: A., category: roadmap, status: active}
  - {id: other, name: Other, summary: A., category: feedback, status: active}
"""


@pytest.fixture
def basis(make_basis: MakeBasis) -> Basis:
    return make_basis({"tools_inventory.yaml": INVENTORY})


def ranked(basis: Basis, team: Team) -> list[Candidate]:
    answers = {answer.category: answer for answer in pick(basis, team)}
    assert list(answers) == ["roadmap", "feedback"]
    return list(answers["roadmap"].candidates)


@pytest.mark.parametrize(
    ("team", "expected"),
    [
        # Tools that suit on every question first; of those, the one in use before the one on trial.
        (Team(20, "complex", "many"), ["large 3", "wide 3", "new 3", "small 1"]),
        (Team(19, "complex", "many"), ["wide 3", "large 2", "new 3", "small 1"]),
        # A tool that has ended comes last, and one that is proposed after those in use, whatever it suits.
        (Team(5, "simple", "few"), ["wide 3", "large 0", "new 3", "small 3"]),
        (Team(21, "simple", "few"), ["wide 3", "large 1", "new 3", "small 2"]),
        (Team(501, "moderate", "some"), ["wide 2", "large 1", "new 3", "small 0"]),
    ],
)
def test_tools_are_ranked_by_how_many_questions_they_suit(
    basis: Basis, team: Team, expected: list[str]
) -> None:
    """The ends of a range belong to it."""
    found = ranked(basis, team)
    assert [f"{each.tool.id} {len(each.suits)}" for each in found] == expected
    assert all(len(each.suits) + len(each.unmet) == 3 for each in found)


def test_reasons_for_and_against_are_said(basis: Basis) -> None:
    """In the words of the questions, and with what to know of a tool whatever the team."""
    large, *_, small = ranked(basis, Team(20, "complex", "many"))
    assert large.suits == (
        "made for 20 to 500 people",
        "supports moderate and complex workflows",
        "suited to many integrations",
    )
    assert (large.unmet, large.note, small.note) == ((), "in use", "retired")
    assert small.unmet == ("only supports simple workflows", "only suited to few integrations")
    assert (large.against, small.against) == ("", "not for anything new")


def test_a_tool_that_the_audit_recommends_to_sunset_is_last_and_says_why(make_basis: MakeBasis) -> None:
    fit = "fit: {team_size: {from: 1, to: 20}, workflow_complexity: [simple], integration_needs: [few]}"
    used = "seats: {licensed: 9, active: 0, counted_on: 2026-11-01}"
    states = {
        "idle": f"status: active, {used}",
        "leaving": "status: sunset, replaced_by: gone",
        "gone": "status: retired, replaced_by: new",
        "new": "status: proposed",
    }
    tools = [
        f"{{id: {name}, name: {name}, summary: A., category: roadmap, owner: a, {state}, {fit}}}"
        for name, state in states.items()
    ]
    roles = {"sources/roles.yaml": "roles: [{id: a, name: A, summary: A.}]\n"}
    basis = make_basis({"tools_inventory.yaml": f"tools: [{', '.join(tools)}]\n", **roles})
    (answer,) = pick(basis, Team(5, "simple", "few"))
    assert [(each.tool.id, each.against) for each in answer.candidates] == [
        ("new", ""),
        ("idle", "the tool audit recommends phasing it out"),
        ("leaving", "not for anything new; use new instead"),
        ("gone", "not for anything new; use new instead"),
    ]


def test_the_questions_offer_the_choices_of_the_schema() -> None:
    fit = load_shipped().kinds["tool"].shape.properties["fit"].properties
    assert fit["workflow_complexity"].items
    assert fit["workflow_complexity"].items.choices == COMPLEXITIES
    assert fit["integration_needs"].items
    assert fit["integration_needs"].items.choices == NEEDS


def test_tools_that_do_not_say_whom_they_suit_are_named(basis: Basis) -> None:
    """In the ranking and in the table."""
    answers = pick(basis, Team(5, "simple", "few"))
    grids = tool_picker(basis).grids
    assert [[tool.id for tool in answer.unknown] for answer in answers] == [["mute"], ["other"]]
    assert [[tool.id for tool in grid.unknown] for grid in grids] == [["mute"], ["other"]]
    assert [len(grid.rows) for grid in grids] == [3, 0]


def test_the_table_gives_the_same_answers_as_the_ranking() -> None:
    """A tool stands in a cell when a team of a size it is made for gets it with nothing against it."""
    shipped = load_shipped().basis
    cells = {
        (grid.category, row.complexity, cell.needs): cell.tools
        for grid in tool_picker(shipped).grids
        for row in grid.rows
        for cell in row.cells
    }
    assert len(cells) == 6 * len(COMPLEXITIES) * len(NEEDS)
    for (category, complexity, needs), tools in cells.items():
        for size in (1, 5, 20, 50, 300, 1000, 5000):
            (answer,) = (a for a in pick(shipped, Team(size, complexity, needs)) if a.category == category)
            fits = [
                tool
                for tool in tools
                if tool.data["fit"]["team_size"]["from"] <= size <= tool.data["fit"]["team_size"]["to"]
            ]
            assert [each.tool for each in answer.candidates if not each.unmet] == fits


def test_the_tool_that_does_a_job_is_offered_in_the_category_of_the_job(make_basis: MakeBasis) -> None:
    """A roadmap tool that also collects feedback is not passed over for a feedback tool that has ended."""
    old = INVENTORY.replace("category: feedback, status: active}", "category: feedback, status: retired}")
    settings = "jobs: {feedback: large, roadmap: large}\n"
    found = make_basis({"tools_inventory.yaml": old, "sources/handbook.yaml": settings})
    answers = {answer.category: answer for answer in pick(found, Team(60, "moderate", "many"))}
    assert [each.tool.id for each in answers["feedback"].candidates] == ["large"]
    assert answers["roadmap"].candidates[0].tool.id == "large"
    offers = [(offer.tool.id, offer.category) for offer in tool_picker(found).offers]
    assert ("large", "feedback") in offers
    assert ("large", "roadmap") in offers
