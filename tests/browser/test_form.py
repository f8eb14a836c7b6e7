"""Proposing a change in the browser."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from handbook.write.parcel import read_parcel
from tests.browser.conftest import OpenPage
from tests.browser.test_every_page import AXE, RULES, RUN
from tests.publish.test_form_check import ANSWER, asked

pytestmark = pytest.mark.browser


def form(page: Page) -> Locator:
    """The form."""
    return page.locator("dialog.hb-edit")


def section(page: Page, title: str) -> Locator:
    """A part of the form, opened."""
    found = form(page).locator(
        "details.hb-edit__section", has=page.get_by_role("heading", name=title, exact=True)
    )
    found.locator("> summary").click()
    return found


def axe(page: Page) -> None:
    """Looks for violations in the form with all of its parts open."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    turn = "for (const each of document.querySelectorAll('.hb-edit details:not(.hb-now)')) each.open = %s"
    page.evaluate(
        "for (const each of document.querySelectorAll('.hb-edit details[open]')) each.classList.add('hb-now')"
    )
    page.evaluate(turn % "true")
    assert page.evaluate(RUN, [["dialog.hb-edit"], RULES]) == []
    page.evaluate(turn % "false")


def changes(page: Page) -> Locator:
    """What the review lists."""
    return form(page).locator(".hb-edit__changes dl > div")


def test_a_reader_changes_a_tool_and_sends_the_proposal(  # noqa: PLR0915 - one page load tests all
    open_page: OpenPage, address: str
) -> None:
    page = open_page(f"{address}tools/amplitude/", permissions=["clipboard-read", "clipboard-write"])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("window.open = (url) => { window.opened = url; }")
    assert not [url for url in asked if "/forms/" in url or "form" in url.rpartition("/")[2]]
    page.get_by_role("link", name="Propose a change").first.click()
    expect(form(page).get_by_label("Name", exact=False).first).to_have_value("Amplitude")
    send = form(page).get_by_role("button", name="Send as an issue")
    expect(send).to_have_attribute("aria-disabled", "true")

    seats = section(page, "Seats")
    paid = seats.get_by_label("Paid seats")
    known = paid.input_value()
    paid.fill("1.000")
    expect(seats.get_by_text("Write 1000")).to_be_visible()
    paid.fill(known)

    access = section(page, "Access")
    takes = access.get_by_label("Time to access")
    takes.fill("2d")
    expect(access.get_by_text("Invalid format for “Time to access”")).to_be_visible()
    expect(takes).to_have_attribute("aria-invalid", "true")
    form(page).get_by_role("button", name="Fix 1 field first").click()
    expect(takes).to_be_focused()
    axe(page)
    access.get_by_role("button", name="Use “2 days”").click()
    approver = access.get_by_role("combobox", name="Approved by")
    approver.click()
    page.keyboard.type("data and")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(approver).to_have_value("Data and analytics")

    details = section(page, "Details")
    situations = details.get_by_role("group", name="Use it when")
    details.get_by_role("button", name="Add a line").first.click()
    page.keyboard.type("You check whether an event arrives")
    up = situations.get_by_role("button", name="Move up")
    number = up.count()  # the first line has none
    up.last.press("Enter")
    expect(page.locator(".hb-said").last).to_have_text(f"Now number {number}")
    situations.get_by_role("button", name="Remove: Use it when 1").press("Enter")
    expect(changes(page)).to_have_count(4)
    expect(changes(page).first).to_contain_text("Use it when")
    form(page).get_by_label("Why").fill("Requests go to #data.")
    purpose = "Charts `events`. " * 12
    form(page).get_by_label("Purpose").first.fill(purpose)
    expect(form(page).get_by_text("Notable: readers should know about it.")).to_be_visible()
    axe(page)

    # The form opens again with what was entered.
    page.reload()
    page.evaluate("window.open = (url) => { window.opened = url; }")
    expect(form(page).get_by_text("Your change from before is still here.")).to_be_visible()
    expect(changes(page)).to_have_count(5)
    send.click()
    opened = urlsplit(page.evaluate("window.opened"))
    issue = {name: values[0] for name, values in parse_qs(opened.query).items()}
    assert opened.path.endswith("/issues/new")
    assert issue["title"] == "Proposal: Amplitude (Tool)"
    assert "Time to access: `1 day` → `2 days`" in issue["body"]
    # The reviewer sees all of a long text.
    whole = re.findall(r"After</summary>\n\n +```text\n(.*?)\n +```\n", issue["body"], re.DOTALL)
    assert purpose.strip() in [" ".join(each.split()) for each in whole]
    proposal = read_parcel(issue["body"], "issue")
    assert proposal.why == "Requests go to #data."
    assert {(each.op, each.path) for each in proposal.operations} > {
        ("set", "/access/approver"),
        ("set", "/access/takes"),
    }
    form(page).get_by_role("button", name="Copy as a message").click()
    expect(page.get_by_text("Copied. Paste it into a chat")).to_be_visible()
    message = page.evaluate("navigator.clipboard.readText()")
    assert read_parcel(message, "issue").why == proposal.why
    assert [each.path for each in read_parcel(message, "message").operations] == [
        each.path for each in proposal.operations
    ]
    form(page).get_by_role("button", name="Discard my change").click()
    expect(changes(page)).to_have_count(0)
    page.keyboard.press("Escape")
    expect(form(page)).to_have_count(0)
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.includes('proposal:'))") == []


def test_a_reader_adds_an_entry_on_a_phone(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}glossary/", width=390, color_scheme="dark")
    page.evaluate("window.open = (url) => { window.opened = url; }")
    page.get_by_role("link", name="Add a term").first.click()
    expect(form(page).get_by_role("heading", name="Add a term")).to_be_visible()
    form(page).get_by_role("textbox", name="Term required", exact=True).fill("Baseline")
    expect(form(page).get_by_text("is already the name of another entry")).to_be_visible()
    form(page).get_by_role("textbox", name="Term required", exact=True).fill("North star")
    expect(changes(page).get_by_text("north-star")).to_be_visible()
    # It opens again with what was entered.
    page.reload()
    page.evaluate("window.open = (url) => { window.opened = url; }")
    expect(form(page).get_by_role("textbox", name="Term required", exact=True)).to_have_value("North star")
    form(page).get_by_role("textbox", name="ID", exact=True).fill("größter stern")
    form(page).get_by_role("button", name="Use “groesster-stern”").click()
    form(page).get_by_role("link", name="Review").click()
    form(page).get_by_role("button", name="Send as an issue").click(force=True)
    expect(form(page).get_by_text("“Definition” is missing").first).to_be_visible()
    axe(page)
    form(page).get_by_role("textbox", name="Definition").first.fill("What we follow.")
    expect(form(page).get_by_text("to fix")).to_have_count(0)
    form(page).get_by_role("button", name="Send as an issue").click()
    body = parse_qs(urlsplit(page.evaluate("window.opened")).query)["body"][0]
    (added,) = read_parcel(body, "issue").operations
    assert (added.op, added.id, added.value["name"]) == ("add", "groesster-stern", "North star")
    assert page.evaluate("document.querySelector('dialog.hb-edit').scrollWidth <= window.innerWidth")


def test_a_new_item_takes_its_id_from_its_name(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}templates/prd/#propose")
    sections = section(page, "Sections")
    sections.get_by_role("button", name="Add: Section").click()
    # What no one sees is not sent.
    sections.get_by_role("textbox", name="Name").fill("Roll\u202eback plan\u0007")
    form(page).get_by_role("button", name="Data", exact=True).click()
    expect(form(page).locator(".hb-edit__changes code")).to_contain_text(
        '"value":{"id":"rollback-plan","name":"Rollback plan"}'
    )


def test_the_form_finds_in_a_browser_what_validate_finds(
    open_page: OpenPage, address: str, tmp_path: Path
) -> None:
    question = asked(tmp_path, every=12)
    page = open_page(f"{address}glossary/")
    load = "...await Promise.all(scripts.map((each) => import(each)))"
    script = f"async ([question, ...scripts]) => ({ANSWER})({load}, JSON.parse(question))"
    scripts = [f"{address}assets/handbook/form_{name}.js" for name in ("check", "rules")]
    question.compare(page.evaluate(script, [question.as_json(), *scripts]))
