"""Going through a list in the browser."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from icalendar import Calendar
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage, wait_for_tools

pytestmark = pytest.mark.browser

LIST = "checklists/launch/"
SIGNS = "checklists/hiring-triggers/"
LOCKED = "Complete first"


def boxes(page: Page) -> Locator:
    """The things to tick."""
    return page.locator(".hb-checks input")


def button(page: Page, name: str) -> Locator:
    """A button of the list."""
    return page.locator(".hb-runs").get_by_role("button", name=name, exact=True)


def free(page: Page) -> list[int]:
    """The items that nothing holds up."""
    states = boxes(page).evaluate_all("(all) => all.map((box) => box.disabled)")
    return [index for index, disabled in enumerate(states) if not disabled]


def told(page: Page) -> Locator:
    """How far the reader is."""
    return page.locator(".hb-checks__count")


def test_ticks_of_a_checklist_survive_closing_the_page(open_page: OpenPage, address: str) -> None:
    page = open_page(address + LIST)
    first, second = free(page)[:2]
    boxes(page).nth(second).check()
    expect(told(page)).to_contain_text("1 of")
    page.reload()
    wait_for_tools(page)
    expect(boxes(page).nth(second)).to_be_checked()
    expect(boxes(page).nth(first)).not_to_be_checked()


def test_an_item_is_locked_until_what_it_depends_on_is_done(open_page: OpenPage, address: str) -> None:
    page = open_page(address + LIST)
    row = page.locator(".hb-checks__locked", has=page.locator(".hb-checks__first")).first
    item = row.get_attribute("id")
    row = page.locator(f"li[id='{item}']")
    expect(row.locator("input")).to_be_disabled()
    expect(row).to_contain_text(LOCKED)
    while row.locator("input").is_disabled():  # what holds it up may be held up itself
        page.locator(".hb-checks input:enabled:not(:checked)").evaluate_all(
            "(all) => all.forEach((box) => box.click())"
        )
    expect(row).not_to_contain_text(LOCKED)


def test_a_calendar_asks_for_day_zero_which_turns_days_into_dates(open_page: OpenPage, address: str) -> None:
    page = open_page(address + LIST)
    button(page, "Download calendar file").click()
    expect(page.get_by_label("Day zero")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="Set day zero first")).to_be_visible()
    item = next(item["id"] for item in items(page) if item.get("due") == -14)
    due = page.locator(f"li[id='{item}'] .hb-checks__due")
    expect(due).to_have_text("14 days before")
    page.get_by_label("Day zero").fill("2027-01-10")
    expect(due).to_have_text("25 December 2026")
    page.get_by_label("Day zero").fill("2020-01-10")
    expect(due).to_have_text("27 December 2019 (overdue)")
    page.get_by_label("Day zero").fill("")
    expect(due).to_have_text("14 days before")


def test_runs_of_one_list_do_not_touch_each_other(open_page: OpenPage, address: str) -> None:
    page = open_page(address + LIST)
    page.get_by_label("Name of this run").fill("Checkout launch")
    boxes(page).nth(free(page)[0]).check()
    button(page, "New run").click()
    page.keyboard.type("Mobile launch")
    page.keyboard.press("Enter")
    expect(told(page)).to_contain_text("0 of")
    page.reload()
    wait_for_tools(page)
    expect(page.get_by_role("button", name="Mobile launch 0/")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Checkout launch 1/").click()
    expect(told(page)).to_contain_text("1 of")


def test_a_run_has_a_name_for_each_role(open_page: OpenPage, address: str) -> None:
    """It is shown at the items of the role, stays in this run, and is taken along."""
    page = open_page(address + LIST, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_text("Names for the roles").click()
    field = page.get_by_label("Product manager", exact=True)
    field.fill("Alex")
    field.press("Tab")
    people = page.locator(".hb-checks__person")
    assert set(people.all_inner_texts()) == {"Alex"}
    assert copied(page, "Copy as Markdown").count("Product manager: Alex") == people.count()
    page.reload()
    wait_for_tools(page)
    expect(people.first).to_have_text("Alex")
    button(page, "New run").click()
    expect(people).to_have_count(0)


def test_what_was_cleared_or_removed_can_be_put_back(open_page: OpenPage, address: str) -> None:
    page = open_page(address + LIST)
    boxes(page).nth(free(page)[0]).check()
    button(page, "Clear all ticks").click()
    expect(told(page)).to_contain_text("0 of")
    button(page, "Undo").click()
    expect(told(page)).to_contain_text("1 of")
    button(page, "New run").click()
    button(page, "Delete run").click()
    expect(button(page, "Delete run")).to_be_hidden()
    button(page, "Undo").click()
    expect(page.get_by_role("button", name="Run 2 0/")).to_have_attribute("aria-pressed", "true")


def test_a_list_that_changed_keeps_the_other_ticks_and_says_what_is_new(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(address + LIST)
    kept, changed = free(page)[:2]
    boxes(page).nth(kept).check()
    boxes(page).nth(changed).check()
    ids = page.locator(".hb-checks > li").evaluate_all("(all) => all.map((row) => row.id)")
    added = ids[-1]
    # As if it had been ticked in an earlier edition, where an item said something else and two were others.
    page.evaluate(
        """([changed, added]) => {
          const name = "handbook:checklist/checklist/launch";
          const state = JSON.parse(localStorage.getItem(name));
          const [run] = state.runs;
          run.ticks[changed] = run.seen[changed] = "other words";
          delete run.seen[added];
          run.seen.former = "no longer here";
          localStorage.setItem(name, JSON.stringify(state));
        }""",
        [ids[changed], added],
    )
    page.reload()
    wait_for_tools(page)
    expect(page.locator(".hb-runs__news")).to_contain_text("1 new item, 1 changed item to review, 1 item")
    expect(boxes(page).nth(kept)).to_be_checked()
    expect(boxes(page).nth(changed)).not_to_be_checked()
    expect(page.locator(f"li[id='{added}'] .hb-tag--news")).to_have_text("new")
    expect(page.locator(f"li[id='{ids[changed]}'] .hb-tag--news")).to_have_text("changed")
    button(page, "Dismiss").click()
    page.reload()
    wait_for_tools(page)
    expect(page.locator(".hb-runs__news")).to_be_empty()
    expect(boxes(page).nth(kept)).to_be_checked()


def test_what_cannot_be_read_is_no_hindrance(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}robots.txt")
    for kept in ("{", "[]", '{"runs": [{"id": 1}, {"id": "2", "ticks": {"a": 3}}]}', "null"):
        page.goto(f"{address}robots.txt")
        page.evaluate("(kept) => localStorage.setItem('handbook:checklist/checklist/launch', kept)", kept)
        page.goto(address + LIST)
        wait_for_tools(page)
        boxes(page).nth(free(page)[0]).check()
        expect(told(page), kept).to_contain_text("1 of")


def test_two_windows_show_the_same_ticks(open_page: OpenPage, address: str) -> None:
    page = open_page(address + LIST)
    other = page.context.new_page()
    other.goto(address + LIST)
    wait_for_tools(other)
    first, second = free(page)[:2]
    boxes(page).nth(first).check()
    expect(boxes(other).nth(first)).to_be_checked()
    boxes(other).nth(second).check()
    expect(told(page)).to_contain_text("2 of")


def test_a_scored_list_gives_its_verdict_as_it_is_ticked(open_page: OpenPage, address: str) -> None:
    page = open_page(address + SIGNS)
    for number, verdict in ((0, "Don't hire yet"), (1, "Don't hire yet"), (2, "Hire")):
        boxes(page).nth(number).check()
        expect(told(page)).to_contain_text(f"{number + 1} of 8 ticked. {verdict}")
    boxes(page).nth(0).uncheck()
    expect(told(page)).to_contain_text("Don't hire yet")


def items(page: Page) -> list[dict[str, Any]]:
    """The items as the page tells them to its script."""
    data = json.loads(page.locator(".hb-runs").get_attribute("data-list") or "")
    return [item for group in data["groups"] for item in group["items"]]


def copied(page: Page, name: str) -> str:
    """What a button of the list copies."""
    page.evaluate("navigator.clipboard.writeText('')")
    button(page, name).click()
    page.wait_for_function("navigator.clipboard.readText()")
    expect(page.get_by_role("status").filter(has_text="copied")).to_be_visible()
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def downloaded(page: Page, name: str) -> bytes:
    """The file that a button of the list gives."""
    with page.expect_download() as started:
        button(page, name).click()
    return Path(started.value.path()).read_bytes()


def due_date(zero: date, days: int) -> date:
    day = zero + timedelta(days)
    while days and day.isoweekday() > 5:
        day += timedelta(1 if days > 0 else -1)
    return day


def test_a_list_is_taken_along_with_its_ticks_and_dates(open_page: OpenPage, address: str) -> None:
    page = open_page(address + LIST, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_label("Name of this run").fill("Checkout, “now”")
    page.get_by_label("Day zero").fill("2027-01-10")
    boxes(page).nth(free(page)[0]).check()
    zero, known = date(2027, 1, 10), items(page)

    text = copied(page, "Copy as Markdown")
    assert text.startswith("# Launch checklist: Checkout, “now”\n\nDay zero: 10 January 2027. 1 of ")
    assert text.count("\n- [x] ") == 1
    assert text.count("\n- [ ] ") == boxes(page).count() - 1

    rows = list(csv.DictReader(io.StringIO(copied(page, "Copy as CSV"))))
    assert [row["Item"] for row in rows] == [item["name"] for item in known]
    assert [row["Done"] for row in rows].count("yes") == 1
    assert [row["Due"] for row in rows] == [
        str(due_date(zero, item["due"])) if "due" in item else "" for item in known
    ]

    raw = downloaded(page, "Download calendar file")
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    events = Calendar.from_ical(raw).events
    ticked = page.locator(".hb-checks > li:has(input:checked)").get_attribute("id")
    assert sorted((str(event["SUMMARY"]), event.decoded("DTSTART")) for event in events) == sorted(
        (item["name"], due_date(zero, item["due"]))
        for item in known
        if "due" in item and item["id"] != ticked
    )
    assert len({event["UID"] for event in events}) == len(events)

    target = page.get_by_role("link", name="Create issue").get_attribute("href") or ""
    assert target.startswith("https://github.com/example/product-handbook/issues/new?")
    assert len(target) <= 8000
    asked = parse_qs(urlsplit(target).query)
    assert asked["title"] == ["Launch checklist: Checkout, “now”"]
    assert "- [x] " in asked["body"][0]
    assert f"{address}{LIST}" in asked["body"][0]

    page.emulate_media(media="print")
    expect(boxes(page).nth(0)).to_be_visible()
    expect(page.locator(".hb-runs .md-button").first).to_be_hidden()
    expect(page.get_by_label("Name of this run")).to_be_visible()


def test_a_list_is_ticked_with_the_keyboard_alone(open_page: OpenPage, address: str) -> None:
    page = open_page(address + LIST)
    page.get_by_label("Name of this run").focus()
    page.keyboard.type("Keys")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.hb-checks input')"):
            break
    page.keyboard.press("Space")
    expect(told(page)).to_contain_text("1 of")
    assert page.evaluate("document.activeElement.matches('.hb-checks input')")


def test_a_browser_that_keeps_nothing_says_so_and_the_list_still_works(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(f"{address}robots.txt")
    page.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"
    )
    page.goto(address + LIST)
    wait_for_tools(page)
    boxes(page).nth(free(page)[0]).check()
    expect(page.locator(".hb-unkept")).to_contain_text("If you close it, you will lose your ticks")
    expect(told(page)).to_contain_text("1 of")
    page.evaluate("window.onbeforeunload = null")
