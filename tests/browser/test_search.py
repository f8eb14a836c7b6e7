"""The dialog of the search. Its ranking is tested without a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import OpenPage, wait_for_tools
from tests.browser.test_every_page import AXE, RULES, RUN

pytestmark = pytest.mark.browser

SMALL = """(least) => [...document.querySelectorAll(".hb-find :is(button, a, input)")]
  .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < least)
  .map((each) => each.outerHTML)"""


def field(page: Page) -> Locator:
    """The field of the dialog."""
    return page.get_by_role("combobox", name="Search the handbook")


def active(page: Page) -> Locator:
    """The option that screen readers read out: it belongs to the field and is marked."""
    name = field(page).get_attribute("aria-activedescendant")
    return page.locator(f"#{name}[role=option][aria-selected=true]")


def axe(page: Page) -> None:
    """Looks for violations in the dialog."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(RUN, [[".hb-find"], RULES]) == []


def test_a_reader_finds_and_opens_a_page_with_the_keyboard(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}tools/amplitude/", new=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}templates/prd/")
    wait_for_tools(page)
    assert not [url for url in asked if "/search/" in url or "search_dialog" in url]
    page.locator(".hb-tabs a").first.focus()
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()
    recent = page.get_by_role("group", name="Recent")
    expect(recent.get_by_role("option")).to_have_text(["Amplitude"])
    expect(page.get_by_role("option", name="Copy the Metric definition template")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Clear").click()
    expect(recent).to_have_count(0)

    field(page).fill("amplitdue access")
    expect(page.get_by_role("group", name="Best answer").get_by_role("option").first).to_contain_text(
        "Data and analytics Active"
    )
    expect(active(page)).to_contain_text("Best answer · Tool")
    expect(page.locator(".hb-find__note")).to_have_text("No page has “amplitdue”. These come closest:")
    expect(page.locator(".hb-find__best mark")).to_contain_text(["Amplitude"])
    expect(page.locator(".hb-find [role=status]").first).to_contain_text("results")
    axe(page)
    page.keyboard.press("ArrowDown")
    expect(active(page)).to_have_text("Ask for access to Amplitude")
    page.keyboard.press("End")
    page.keyboard.press("ArrowDown")
    expect(active(page)).to_contain_text("Best answer")
    with page.context.expect_page() as opened:
        page.keyboard.press("Control+Enter")
    assert opened.value.url == f"{address}tools/amplitude/"

    page.keyboard.press("Escape")
    expect(page.locator(".hb-find")).to_be_hidden()
    assert page.locator(".hb-tabs a").first.evaluate("(link) => link === document.activeElement")
    page.keyboard.press("Control+k")
    expect(field(page)).to_have_value("amplitdue access")
    page.get_by_role("button", name="Tools").click()
    expect(page.locator(".hb-find__kinds [aria-pressed=true]")).to_contain_text("Tools")
    expect(page.get_by_role("listbox").get_by_role("group")).to_have_count(1)
    page.get_by_role("button", name="All").click()
    field(page).fill("wau")
    page.keyboard.press("Enter")  # The answer is not there yet.
    page.wait_for_url(f"{address}metrics/weekly-active-user/")


def test_a_key_that_is_typed_opens_no_search(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}tools/")
    page.get_by_label("Filter rows").first.press_sequentially("a/b")
    page.keyboard.press("Control+k")
    expect(page.get_by_label("Filter rows").first).to_have_value("a/b")
    expect(page.locator(".hb-find")).to_have_count(0)


def test_an_answer_can_be_acted_on_at_once(open_page: OpenPage, address: str) -> None:
    rights = ["clipboard-read", "clipboard-write"]
    page = open_page(f"{address}?q=access+to+amplitude", permissions=rights)
    page.get_by_role("option", name="Ask for access to Amplitude").click()
    expect(page.locator(".hb-said")).to_have_text("Message copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Amplitude")
    page.keyboard.type("/prd template")  # Its first letters are typed while the dialog loads.
    page.get_by_role("option", name="Copy the PRD template").click()
    page.wait_for_url(f"{address}templates/prd/#copy-it")


def test_a_question_without_an_answer_is_asked_or_reported(open_page: OpenPage, address: str) -> None:
    page = open_page(
        f"{address}?q=parental+leave",
        permissions=["clipboard-read", "clipboard-write"],
        color_scheme="dark",
        width=390,
        has_touch=True,
    )
    dialog = page.locator(".hb-find")
    expect(dialog.get_by_role("heading")).to_have_text("Nothing about “parental leave”")
    expect(dialog.locator("[role=status]").first).to_contain_text("Nothing about “parental leave”")
    expect(dialog.get_by_role("link", name="Ask in #product-ops")).to_have_attribute(
        "href", f"{address}teams/product-ops/"
    )
    report = dialog.get_by_role("link", name="Report what is missing").get_attribute("href") or ""
    assert "/issues/new?title=Missing%3A%20parental%20leave&body=" in report
    dialog.get_by_role("button", name="Copy question").click()
    expect(dialog.locator(".hb-said")).to_have_text("Question copied")
    assert f"{address}?q=parental%20leave" in page.evaluate("navigator.clipboard.readText()")
    axe(page)
    assert page.evaluate(SMALL, 43.5) == []
    field(page).fill("how do i get access to figma")
    expect(dialog.get_by_role("heading")).to_have_text("Nothing about “figma”")
    unlisted = page.get_by_role("group", name="For a tool that isn't listed")
    expect(unlisted.get_by_role("option")).to_contain_text(["Can I try a tool", "Tool procurement"])
    field(page).fill("launch")
    expect(page.get_by_role("option").first).to_contain_text("Launch")
    axe(page)
    assert page.evaluate(SMALL, 43.5) == []
    box = dialog.bounding_box()
    assert box
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 900)
    page.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()


def test_an_answer_stays_while_a_reader_types_a_word(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}?q=launch", new=True)
    options, dialog = page.get_by_role("option"), page.locator(".hb-find")
    expect(options.first).to_contain_text("Launch")
    page.clock.install()
    page.clock.pause_at("2100-01-01")
    field(page).fill("launch xylophon")
    expect(dialog.get_by_role("heading")).to_have_count(0)
    expect(options.first).to_contain_text("Launch")
    page.clock.run_for(500)
    expect(dialog.get_by_role("heading")).to_have_text("Nothing about “launch xylophon”")
    expect(options.first).to_be_visible()
    field(page).fill("launch checklist")
    expect(dialog.get_by_role("heading")).to_have_count(0)
    field(page).fill("how do I")
    expect(page.get_by_role("group", name="Actions")).to_be_visible()


def test_an_address_without_a_page_leads_to_the_search_with_its_words(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(f"{address}404.html#old/launch-list/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    assert page.get_by_role("link", name="home page").evaluate("(link) => link.href") == address
    page.get_by_role("button", name="Search the handbook").click()
    expect(field(page)).to_have_value("launch list")
    expect(page.get_by_role("option").first).to_contain_text("Launch")


def test_a_search_that_cannot_be_loaded_says_so(open_page: OpenPage, address: str) -> None:
    page = open_page(address)

    def fail(route: Route) -> None:
        route.abort()

    page.route("**/search/index.json", fail)
    page.locator("article button[data-hb-search]").click()
    field(page).fill("launch")
    expect(page.locator(".hb-find [role=status]").first).to_contain_text("The search could not be loaded.")
    page.get_by_role("link", name="Browse all pages").click()
    page.wait_for_url(f"{address}start/find/")
