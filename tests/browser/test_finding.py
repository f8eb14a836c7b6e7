"""Finding things: the search, and what terms mean."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser


def search(page: Page, words: str) -> None:
    """Searches for words, and waits for the results.

    The search stays open from one call to the next: the theme notices a moment late that its field has lost
    the focus, and doesn't open again for a key that is pressed before.
    """
    opened = page.locator("[data-md-toggle=search]")
    if not opened.is_checked():
        page.keyboard.press("/")
        expect(opened).to_be_checked()
    field, told = page.get_by_role("textbox", name="Search"), page.locator(".md-search-result__meta")
    field.fill("")
    field.press("Backspace")
    expect(told).not_to_contain_text("matching")  # That would be of the words before.
    field.fill(words[:-1])
    field.press_sequentially(words[-1])  # The theme searches when a key goes up.
    expect(told).to_contain_text("matching")


def found(page: Page, words: str) -> list[str]:
    """The addresses that a search finds, in its order."""
    search(page, words)
    links = page.locator(".md-search-result__item > a")
    return [link.partition("?")[0] for link in links.evaluate_all("(all) => all.map((a) => a.pathname)")]


def test_an_entry_is_found_before_prose_and_by_its_owner_and_opened(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(address)
    page.wait_for_load_state("networkidle")
    for words, entry in (
        ("LaunchDarkly", "/tools/launchdarkly/"),  # its name
        ("WAU", "/metrics/weekly-active-user/"),  # an alias
        ("day-one", "/tools/linear/"),  # a tag
        ("launch checklist", "/checklists/launch/"),
    ):
        links = found(page, words)
        kinds = [link.split("/")[1] for link in links]
        assert entry in links[:8], links
        assert kinds[0] in {"tools", "metrics", "checklists", "templates", "processes", "glossary"}
    links = found(page, "Customer support")
    assert "/tools/canny/" in links
    assert "/teams/customer-support/" in links
    search(page, "Customer support")
    page.locator(".md-search-result__link[href*='teams/customer-support/']").first.click()
    expect(page.locator("article h1")).to_contain_text("Customer support")


def test_the_index_of_the_search_is_not_loaded_before_it_is_used(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}robots.txt")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address, wait_until="networkidle")
    assert not [url for url in asked if "search_index" in url]
    assert found(page, "Linear")
    assert [url for url in asked if "search_index" in url]


def test_an_address_without_a_page_leads_to_the_search(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}404.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    assert page.get_by_role("link", name="home page").evaluate("(link) => link.href") == address
    page.get_by_role("button", name="Search the handbook").click()
    expect(page.get_by_role("textbox", name="Search")).to_be_focused()


def test_a_term_explains_itself_to_pointer_and_keyboard(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}checklists/launch/")
    page.locator(".hb-checks details:has(a.hb-term) > summary").first.click()
    term = page.locator("a.hb-term:visible").first
    words = term.get_attribute("title") or ""
    meaning = page.get_by_role("tooltip")
    term.hover()
    expect(meaning).to_have_text(words)
    meaning.hover()
    page.wait_for_timeout(400)
    expect(meaning).to_be_visible()
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    term.focus()
    expect(meaning).to_have_text(words)
    expect(term).to_have_attribute("aria-describedby", "hb-meaning")
    page.keyboard.press("Tab")
    expect(meaning).to_be_hidden()


def test_what_a_term_means_stays_inside_the_window(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}checklists/launch/")
    page.locator(".hb-checks details").evaluate_all("(all) => all.forEach((each) => (each.open = true))")
    for width in (1440, 768, 360):
        page.set_viewport_size({"width": width, "height": 900})
        for term in page.locator("a.hb-term").all():
            term.focus()
            box = page.get_by_role("tooltip").bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
        page.keyboard.press("Escape")
