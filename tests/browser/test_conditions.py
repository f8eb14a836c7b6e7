"""The tools of the pages where something is missing: scripts, a pointer, a place to keep things, motion."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.browser.conftest import STARTED, OpenPage, wait_for_tools

pytestmark = pytest.mark.browser

TO_PRESS = "article :is(button, summary, [type=checkbox]:enabled)"
MOVING = """() => [
  ...document.getAnimations().map((each) => each.animationName ?? each.transitionProperty),
  ...[...document.querySelectorAll("*")].map((each) => getComputedStyle(each).scrollBehavior)
    .filter((behaviour) => behaviour === "smooth"),
]"""

# What a reader sees move while a page loads, as browsers count it
SHIFTED = """() => {
  const observer = new PerformanceObserver(() => {});
  observer.observe({ type: "layout-shift", buffered: true });
  return observer.takeRecords().reduce((sum, { value }) => sum + value, 0);
}"""
STILL = 0.005


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("", "Your first day"),
        ("tools/", "Statsig"),
        ("tools/pick/", "LaunchDarkly"),
        ("checklists/launch/", "Agree on the launch message"),
        ("templates/prd/", "## Problem"),
        ("experiments/plan/", "add the experiment as an entry"),
        ("onboarding/new-product-manager/", "Name a buddy"),
    ],
)
def test_a_page_is_complete_without_scripts(open_page: OpenPage, address: str, path: str, words: str) -> None:
    page = open_page(address + path, java_script_enabled=False)
    # What is folded, the browser opens by itself.
    folded = page.locator("article details").all_text_contents()
    assert words in "\n".join([page.locator("article").inner_text(), *folded])
    expect(page.locator("article button:visible")).to_have_count(0)


REFUSE = """for (const name of ["localStorage", "sessionStorage"]) {
  const get = () => { throw new DOMException("Access is denied for this document.", "SecurityError"); };
  Object.defineProperty(window, name, { configurable: true, get });
}"""


@pytest.fixture(scope="module")
def forgetful(browser: Browser) -> Iterator[Page]:
    """A page of a browser that lets no site keep anything: the very names are refused."""
    with browser.new_context() as context:
        context.add_init_script(REFUSE)
        yield context.new_page()


LOST = {"checklists/launch/": "you will lose your ticks", "templates/prd/": "you will lose your input"}
"""The pages on which readers enter what they want to keep, and what those say where it can't be kept."""


def lose_what_is_entered(forgetful: Page, address: str, path: str) -> None:
    """What cannot be kept is said, and asked about before it is lost."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    forgetful.once("dialog", answer)
    if path.startswith("checklists"):
        forgetful.locator(".hb-checks input:not([aria-disabled])").first.check()
    else:
        forgetful.get_by_label("Title", exact=True).fill("Quick export")
    expect(forgetful.locator(".hb-unkept")).to_contain_text(LOST[path])
    forgetful.goto(f"{address}robots.txt")
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("path", STARTED)
def test_every_tool_works_where_nothing_may_be_kept_and_says_so_before_it_is_lost(
    forgetful: Page, address: str, path: str
) -> None:
    wrong: list[str] = []
    forgetful.on("pageerror", lambda error: wrong.append(str(error)))
    forgetful.goto(address + path)
    wait_for_tools(forgetful)
    assert forgetful.evaluate("localStorage.forgets")
    expect(forgetful.locator(STARTED[path]).first).to_be_visible()
    if path in LOST:
        lose_what_is_entered(forgetful, address, path)
    assert wrong == []


@pytest.mark.parametrize("path", STARTED)
def test_the_tools_of_a_page_fit_other_windows_and_move_nothing_for_readers_who_do_not_want_it(
    open_page: OpenPage, address: str, path: str
) -> None:
    page = open_page(address + path, width=1440, reduced_motion="reduce")
    expect(page.locator(STARTED[path]).first).to_be_visible()
    assert page.evaluate(SHIFTED) < STILL
    for width in (1440, 768):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(f"for (const each of document.querySelectorAll('{TO_PRESS}')) each.click()")
    assert page.evaluate(MOVING) == []


def test_the_drawer_answers_to_the_keyboard_and_gives_the_focus_back(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(f"{address}404.html", width=390)
    page.locator(".hb-menu").press("Enter")
    expect(page.locator(".hb-menu")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.locator(".hb-menu")).to_have_attribute("aria-expanded", "false")
    expect(page.locator(".hb-menu")).to_be_focused()


def skip_to_content(page: Page) -> None:
    """Leaves out what is around the content, by the first link of the page."""
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Goes on with the tab key until something has the focus."""
    for _ in range(150):
        page.keyboard.press(key)
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"the tab key never comes to {selector}")


def test_a_table_is_filtered_and_sorted_with_the_keyboard_alone(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}tools/")
    expect(page.locator(".hb-table__tools")).to_be_visible()
    skip_to_content(page)
    tab_to(page, ".hb-table [type=search]")
    page.keyboard.type("analytics")
    tab_to(page, "[aria-label=Status]")
    page.keyboard.type("Active")
    tab_to(page, "th .hb-table__sort")
    page.keyboard.press("Enter")
    names = page.locator(".hb-table").first.locator("tbody tr:visible td:first-child").all_inner_texts()
    assert len(names) > 1
    assert names == sorted(names, key=str.lower)
    assert "status=Active" in page.url
    expect(page.locator("th").first).to_have_attribute("aria-sort", "ascending")


def test_the_tool_picker_answers_to_the_keyboard_alone(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}tools/pick/")
    expect(page.locator(".hb-picks ol").first).to_be_visible()
    skip_to_content(page)
    tab_to(page, "[name=for]")
    page.keyboard.type("Road")
    tab_to(page, "[name=people]")
    page.keyboard.type("400")
    expect(page.locator(".hb-picks h3")).to_have_text(["Roadmap"])
    assert "people=400" in page.url


def test_the_calculator_answers_to_the_keyboard_alone(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}experiments/plan/")
    expect(page.locator(".hb-plan__total")).to_contain_text("13,020")
    skip_to_content(page)
    tab_to(page, "[name=baseline]")
    page.keyboard.type("40")
    tab_to(page, "[name=sides]")
    page.keyboard.type("One")
    expect(page.locator(".hb-plan__total")).not_to_contain_text("13,020")
    assert "baseline=40" in page.url
    assert "sides=one" in page.url


def test_a_template_is_filled_in_and_taken_with_the_keyboard_alone(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}templates/prd/")
    expect(page.locator(".hb-draft__page")).to_be_visible()
    skip_to_content(page)
    tab_to(page, ".hb-draft__form input")
    page.keyboard.type("Quick export")
    tab_to(page, ".hb-draft__form textarea")
    page.keyboard.type("Exports take minutes.")
    tab_to(page, ".hb-draft__take > a", "Shift+Tab")
    with page.expect_download() as started:
        page.keyboard.press("Enter")
    assert started.value.suggested_filename == "quick-export.md"
    text = Path(started.value.path()).read_text(encoding="utf-8")
    assert "\ntitle: Quick export\n" in text
    assert "Exports take minutes." in text
