"""Going through a list in the browser."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage, clipboard, fill_store, wait_for_tools

pytestmark = pytest.mark.browser

LIST = "checklists/launch/"
SIGNS = "checklists/hiring-triggers/"
MORE = "More ways to take the run along"


def boxes(page: Page) -> Locator:
    """The things to tick."""
    return page.locator(".hb-checks input")


def button(page: Page, name: str) -> Locator:
    """A button of the list."""
    return page.locator(".hb-run").get_by_role("button", name=name, exact=True)


def settings(page: Page) -> None:
    """Opens what belongs to the run: its name, the other runs, and how to clear it."""
    page.locator(".hb-run__settings > summary").click()


def choose(page: Page, name: str) -> None:
    """Chooses a way to take the run along."""
    button(page, MORE).click()
    page.get_by_role("menuitem", name=name).click()


def free(page: Page) -> list[int]:
    """The items that nothing holds up."""
    states = boxes(page).evaluate_all("(all) => all.map((box) => box.ariaDisabled === 'true')")
    return [index for index, disabled in enumerate(states) if not disabled]


def told(page: Page) -> Locator:
    """How far the reader is."""
    return page.locator(".hb-run__told")


def test_ticks_survive_closing_the_page_and_what_was_cleared_or_removed_can_be_put_back(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(address + LIST)
    first, second = free(page)[:2]
    boxes(page).nth(second).check()
    expect(told(page)).to_contain_text("1 of")
    page.reload()
    wait_for_tools(page)
    expect(boxes(page).nth(second)).to_be_checked()
    expect(boxes(page).nth(first)).not_to_be_checked()
    settings(page)
    button(page, "Clear all ticks").click()
    expect(told(page)).to_contain_text("0 of")
    button(page, "Undo").click()
    expect(told(page)).to_contain_text("1 of")
    button(page, "New run").click()
    button(page, "Delete run").click()
    expect(button(page, "Delete run")).to_be_hidden()
    button(page, "Undo").click()
    expect(page.get_by_role("button", name="Run 2 0/")).to_have_attribute("aria-pressed", "true")


def test_an_item_waits_for_what_it_depends_on_and_says_so(open_page: OpenPage, address: str) -> None:
    page = open_page(address + LIST)
    row = page.locator("#support-briefed")
    box = row.get_by_role("checkbox")
    page.locator("#sales-briefed input").click()
    expect(page.locator("#sales-briefed input")).to_be_checked()  # What it waits for is optional.
    waiting = page.locator("#alerts input")
    waiting.click(force=True)
    expect(waiting).not_to_be_checked()
    expect(
        page.get_by_role("status").filter(has_text="Complete first: Write the runbook page")
    ).to_be_visible()
    page.locator("#behind-flag input").click()
    page.locator("#run-book input").click()
    waiting.click()
    expect(waiting).to_be_checked()
    expect(box).not_to_be_checked()


def test_day_zero_and_size_give_the_dates_the_count_and_the_views(open_page: OpenPage, address: str) -> None:
    page = open_page(address + LIST, new=True)
    page.clock.set_fixed_time("2026-12-01T10:00:00")
    page.reload()
    wait_for_tools(page)
    choose(page, "Dates for your calendar")
    expect(page.get_by_label("Day zero")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="Set day zero first")).to_be_visible()
    due = page.locator("#launch-message .hb-checks__due")
    expect(due).to_have_text("10 working days before")
    page.get_by_label("Day zero").fill("2026-12-14")
    expect(due).to_have_text("30 Nov (overdue)")
    expect(told(page)).to_have_text("0 of 30 done · 4 late · 6 next")
    page.get_by_role("radio", name="Normal").check()
    expect(page.locator("#launch-channel .hb-checks__due")).to_have_text("30 Nov (overdue)")
    expect(page.locator("#press-briefed")).to_be_hidden()
    page.get_by_role("radio", name="Small").check()
    expect(page.locator("#launch-channel")).to_be_hidden()
    expect(page.locator("#behind-flag .hb-checks__due")).to_have_text("9 Dec")
    expect(told(page)).to_contain_text("0 of 16 done")
    page.get_by_label("I am").select_option("Product manager")
    page.get_by_role("radio", name="Mine").check()
    expect(page.locator(".hb-checks > li:visible")).to_have_count(8)
    page.reload()
    wait_for_tools(page)
    expect(page.get_by_role("radio", name="Mine 8")).to_be_checked()
    page.get_by_role("radio", name="Late").check()
    expect(page.locator(".hb-run__empty")).to_have_text("Nothing is late.")
    page.get_by_label("Day zero").fill("")
    expect(page.locator("#behind-flag .hb-checks__due")).to_have_text("8 working days before")


def test_a_run_goes_to_another_browser_by_its_link_and_back_without_losing_anything(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(address + LIST, permissions=["clipboard-read", "clipboard-write"])
    settings(page)
    page.get_by_label("Name of this run").fill("Checkout <b>launch</b>")
    page.get_by_role("radio", name="Normal").check()
    page.get_by_label("Day zero").fill("2026-12-14")
    page.locator("#behind-flag input").click()
    link = copied(page, "Link with the ticks")
    assert link.startswith(f"{address}{LIST}#run=1.")

    page.evaluate("localStorage.clear()")
    page.goto("about:blank")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(link)
    wait_for_tools(page)
    notice = page.locator(".hb-run__notice")
    expect(notice).to_contain_text("“Checkout <b>launch</b>”, 1 of 27 done")
    expect(notice).to_contain_text("Size: Normal · Day zero: 14 December 2026")
    expect(notice).to_be_in_viewport(ratio=1)
    expect(page.locator("h1")).to_be_in_viewport(ratio=1)
    expect(told(page)).to_contain_text("0 of 30")
    button(page, "Just look").click()
    expect(told(page)).to_contain_text("1 of 27")
    page.locator("#success-metric input").click(force=True)
    expect(page.locator("#success-metric input")).not_to_be_checked()
    button(page, "Take over").click()
    expect(page.locator(".hb-run__name")).to_have_text("Checkout <b>launch</b>")
    expect(page.locator(".hb-run__undo")).to_contain_text("You have taken over")
    assert "#" not in page.url
    page.locator("#success-metric input").click()
    page.locator("#behind-flag input").click()

    # The link is older than what was done since: nothing of that is lost.
    page.evaluate("(link) => { location.hash = new URL(link).hash; }", link)
    expect(notice).to_contain_text("You have this run already")
    button(page, "Merge with my run").click()
    expect(page.locator(".hb-run__undo")).to_contain_text("2 newer changes of yours are kept.")
    expect(page.locator("#success-metric input")).to_be_checked()
    expect(page.locator("#behind-flag input")).not_to_be_checked()
    button(page, "Undo").click()
    page.evaluate("location.hash = '#run=9.abc'")
    expect(notice).to_contain_text("newer version of the handbook")
    button(page, "Close").click()
    expect(notice).to_be_empty()


def test_runs_of_one_list_do_not_touch_each_other(open_page: OpenPage, address: str) -> None:
    page = open_page(address + LIST)
    settings(page)
    page.get_by_label("Name of this run").fill("Checkout launch")
    boxes(page).nth(free(page)[0]).check()
    button(page, "New run").click()
    page.keyboard.type("Mobile launch")
    page.keyboard.press("Enter")
    expect(told(page)).to_contain_text("0 of")
    page.reload()
    wait_for_tools(page)
    settings(page)
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
    who = page.locator("#prd-current .hb-checks__who")
    expect(who).to_contain_text("Alex")
    count = page.locator(".hb-checks__who", has_text="Alex").count()
    assert copied(page, "Copy as Markdown").count("Product manager: Alex") == count
    page.reload()
    wait_for_tools(page)
    expect(who).to_contain_text("Alex")
    settings(page)
    button(page, "New run").click()
    expect(who).to_contain_text("Product manager")


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
    expect(page.locator(".hb-run__news")).to_contain_text("1 new item, 1 changed item to review, 1 item")
    expect(boxes(page).nth(kept)).to_be_checked()
    expect(boxes(page).nth(changed)).not_to_be_checked()
    expect(page.locator(f"li[id='{added}'] .hb-tag--news")).to_have_text("new")
    expect(page.locator(f"li[id='{ids[changed]}'] .hb-tag--news")).to_have_text("changed")
    button(page, "Dismiss").click()
    page.reload()
    wait_for_tools(page)
    expect(page.locator(".hb-run__news")).to_have_count(0)
    expect(boxes(page).nth(kept)).to_be_checked()


def test_what_cannot_be_read_is_no_hindrance(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}robots.txt")
    for kept in ("{", '{"runs": [{"id": 1}, {"id": "2", "ticks": {"a": 3}}]}'):
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
    data = json.loads(page.locator(".hb-run").get_attribute("data-list") or "")
    return [item for group in data["groups"] for item in group["items"]]


def copied(page: Page, name: str) -> str:
    """What a button of the list copies."""
    page.evaluate("navigator.clipboard.writeText('')")
    choose(page, name)
    expect(page.get_by_role("status").filter(has_text="copied").first).to_be_visible()
    return clipboard(page)["text/plain"]


def downloaded(page: Page, name: str) -> bytes:
    """The file that a button of the list gives."""
    with page.expect_download() as started:
        choose(page, name)
    return Path(started.value.path()).read_bytes()


def due_date(zero: date, days: int) -> date:
    """The date of a due day in working days."""
    day = zero
    for _ in range(abs(days)):
        day += timedelta(1 if days > 0 else -1)
        while day.isoweekday() > 5:
            day += timedelta(1 if days > 0 else -1)
    return day


def test_a_list_is_taken_along_with_its_ticks_and_dates(open_page: OpenPage, address: str) -> None:
    page = open_page(address + LIST, permissions=["clipboard-read", "clipboard-write"])
    settings(page)
    page.get_by_label("Name of this run").fill("Checkout, “now”")
    page.get_by_label("Day zero").fill("2027-01-11")
    boxes(page).nth(free(page)[0]).check()
    zero, known = date(2027, 1, 11), items(page)

    text = copied(page, "Copy as Markdown")
    assert text.startswith("# Launch checklist: Checkout, “now”\n\nDay zero: 11 January 2027. 1 of ")
    assert text.count("\n- [x] ") == 1
    assert text.count("\n- [ ] ") == boxes(page).count() - 1

    rows = list(csv.DictReader(io.StringIO(copied(page, "Copy as CSV"))))
    assert [row["Item"] for row in rows] == [item["name"] for item in known]
    assert [row["Done"] for row in rows].count("yes") == 1
    assert [row["Due"] for row in rows] == [str(due_date(zero, item["due"])) for item in known]

    raw = downloaded(page, "Dates for your calendar")
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    events = Calendar.from_ical(raw).events
    ticked = page.locator(".hb-checks > li:has(input:checked)").get_attribute("id")
    assert sorted((str(event["SUMMARY"]), event.decoded("DTSTART")) for event in events) == sorted(
        (item["name"], due_date(zero, item["due"])) for item in known if item["id"] != ticked
    )
    assert len({event["UID"] for event in events}) == len(events)

    issues = list(csv.DictReader(io.StringIO(downloaded(page, "Issues in Linear").decode())))
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    assert len(issues) == len(known) - 1
    prd = next(issue for issue in issues if issue["Title"].startswith("Update the PRD"))
    assert prd["Due Date"] == str(due_date(zero, -8))
    assert prd["Labels"] == "Launch checklist: Checkout “now”, Product manager"
    assert prd["Description"].startswith('Move anything that was cut to "out of scope".')
    assert f"{address}{LIST}#prd-current" in prd["Description"]

    page.emulate_media(media="print")
    expect(boxes(page).nth(0)).to_be_visible()
    expect(button(page, MORE)).to_be_hidden()
    expect(page.locator(".hb-run__name")).to_have_text("Checkout, “now”")
    expect(page.locator(".hb-run__choice")).to_have_text("Day zero: 11 January 2027")
    expect(page.locator(".hb-run__choice")).to_be_visible()
    expect(page.locator(".hb-run__set")).to_be_hidden()


def test_a_list_is_ticked_with_the_keyboard_alone(open_page: OpenPage, address: str) -> None:
    page = open_page(address + LIST)
    settings(page)
    page.get_by_label("Name of this run").focus()
    page.keyboard.type("Keys")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.hb-checks input')"):
            break
    page.keyboard.press("Space")
    expect(told(page)).to_contain_text("1 of")
    assert page.evaluate("document.activeElement.matches('.hb-checks input')")


def test_a_browser_that_keeps_nothing_says_so_and_the_list_still_works(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(address + LIST)
    fill_store(page)
    boxes(page).nth(free(page)[0]).check()
    expect(page.locator(".hb-unkept")).to_contain_text("If you close it, you will lose your ticks")
    expect(told(page)).to_contain_text("1 of")
