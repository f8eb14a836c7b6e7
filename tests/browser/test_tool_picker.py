"""The tool picker in the page gives the answers of the command line."""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from handbook.kinds.tool.picker import COMPLEXITIES, NEEDS, Team, pick
from tests.browser.conftest import OpenPage
from tests.node import call
from tests.shipped import load_shipped

PICKER = "tools/pick/"


@pytest.mark.node
def test_the_page_ranks_as_the_command_line_does(shipped_build: Path) -> None:
    basis = load_shipped().basis
    ends = {1, 100_000}
    for tool in basis.catalogue.entries("tool").values():
        if "fit" in tool.data:
            size = tool.data["fit"]["team_size"]
            ends |= {size["from"] - 1, size["from"], size["to"], size["to"] + 1}
    teams = [Team(size, c, n) for size in sorted(ends) if size > 0 for c in COMPLEXITIES for n in NEEDS]
    assert len(teams) >= 100
    page = (shipped_build / PICKER / "index.html").read_text(encoding="utf-8")
    offers = json.loads(html.unescape(page.partition('data-offers="')[2].partition('"')[0]))
    asked = [{"size": team.size, "complexity": team.complexity, "needs": team.needs} for team in teams]
    found = call("picker.js", "rank", [[offers, team] for team in asked])
    for team, ranked in zip(teams, found, strict=True):
        told = [
            [one["offer"]["tool"]["name"], one["offer"]["note"], one["suits"], one["lacks"]] for one in ranked
        ]
        by_category = {}
        for answer in pick(basis, team):
            for each in answer.candidates:
                by_category[each.tool.name] = [each.tool.name, each.note, list(each.suits), list(each.unmet)]
            names = [each.tool.name for each in answer.candidates]
            assert [one for one in told if one[0] in names] == [by_category[name] for name in names], team


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
    text = page.locator("article").inner_text()
    assert [offer["tool"]["name"] for offer in offers if offer["tool"]["name"] not in text] == []
