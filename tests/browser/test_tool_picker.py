"""The tool picker in the page gives the answers of the command line."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from handbook.kinds.tool.picker import COMPLEXITIES, NEEDS, Team, pick
from tests.browser.conftest import OpenPage
from tests.conftest import MakeBasis
from tests.node import vectors
from tests.shipped import load_shipped

PICKER = "tools/pick/"


def test_the_command_line_ranks_as_the_page_does(make_basis: MakeBasis) -> None:
    first = vectors("picker")[0].arguments[0]
    states = {"in use": "active", "proposed, not purchased": "proposed", "retired": "retired"}
    fit = {"workflow_complexity": "complexity", "integration_needs": "needs"}
    tools = [
        {"id": offer["tool"]["name"].lower(), "name": offer["tool"]["name"], "summary": "A."}
        | {"category": offer["category"], "status": states[offer["note"]]}
        | {
            "fit": {"team_size": {"from": offer["smallest"], "to": offer["largest"]}}
            | {name: offer[key] for name, key in fit.items()}
        }
        for offer in first
    ]
    basis = make_basis({"tools_inventory.yaml": json.dumps({"tools": tools})})
    for case in vectors("picker"):
        offers, team = case.arguments
        assert offers == first
        (answer,) = pick(basis, Team(**team))
        assert [
            {
                "offer": {"tool": {"name": each.tool.name}},
                "suits": list(each.suits),
                "lacks": list(each.unmet),
            }
            for each in answer.candidates
        ] == case.result, team


@pytest.mark.browser
def test_the_answers_stand_in_the_address(open_page: OpenPage, address: str) -> None:
    page = open_page(address + PICKER)
    page.get_by_label("Category").select_option("Project management")
    page.get_by_label("Number of users").fill("40")
    page.get_by_label("Workflow complexity").select_option("Complex")
    page.get_by_label("Number of integrations").select_option("Many")
    found = page.get_by_role("region", name="Recommendations")
    expect(found.get_by_role("heading", level=3)).to_have_text(["Project management"])
    shown = found.inner_text()
    other = open_page(page.url)
    assert other.get_by_role("region", name="Recommendations").inner_text() == shown
    assert "people=40" in page.url


@pytest.mark.browser
def test_the_choices_and_their_order_are_those_of_the_command_line(open_page: OpenPage, address: str) -> None:
    page = open_page(address + PICKER)
    chosen = {
        label: page.get_by_label(label)
        .locator("option")
        .evaluate_all("options => options.map((o) => o.value)")
        for label in ("Category", "Workflow complexity", "Number of integrations")
    }
    answers = pick(load_shipped().basis, Team(1, COMPLEXITIES[0], NEEDS[0]))
    categories = [answer.category for answer in answers if answer.candidates]
    assert list(chosen.values()) == [["", *categories], list(COMPLEXITIES), list(NEEDS)]


@pytest.mark.browser
def test_a_question_without_an_answer_is_asked_again(open_page: OpenPage, address: str) -> None:
    page = open_page(address + PICKER)
    page.get_by_label("Number of users").fill("")
    expect(page.get_by_role("region", name="Recommendations")).to_contain_text("a whole number, 1 or more")
    page = open_page(f"{address}{PICKER}?people=many&workflows=odd&for=%3Cb%3E")
    expect(page.get_by_label("Workflow complexity")).to_have_value("simple")


@pytest.mark.browser
def test_all_answers_can_be_read_without_scripts(open_page: OpenPage, address: str) -> None:
    page = open_page(address + PICKER, java_script_enabled=False)
    offers = json.loads(page.locator(".hb-picker").get_attribute("data-offers") or "")
    text = page.locator("article").text_content() or ""  # Part of it is folded.
    assert [offer["tool"]["name"] for offer in offers if offer["tool"]["name"] not in text] == []
