"""Chromium shows a page in the colours of a company, and every text stays readable."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from handbook.publish.looks import own_colours
from handbook.read.looks import read_looks
from tests.browser.conftest import wait_for_tools
from tests.browser.test_every_page import AXE, OPEN, RUN, THIN
from tests.sites import ROOT

pytestmark = pytest.mark.browser

THEME = (ROOT / "src/handbook/publish/browser/styles/theme.css").read_text("utf-8")
PAGE = "experiments/save-prompt/"
"""It has links, labels, a table, a chart and a list of facts."""
SCHEME = "(name) => document.body.setAttribute('data-md-color-scheme', name)"
COLOUR = "([where, property]) => getComputedStyle(document.querySelector(where))[property]"
ADD = """(text) => {
  const own = new CSSStyleSheet();
  own.replaceSync(text);
  document.adoptedStyleSheets = [own];
}"""
LINK = ["article .hb-facts a", "color"]


def add(page: Page, style: str) -> None:
    """Add a style sheet, as `extra_css` does. A page allows none in its own text."""
    page.evaluate(ADD, style)


def test_two_brand_colours_and_variables_of_a_style_sheet_take_effect(browser: Browser, address: str) -> None:
    low = []
    with browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(address + PAGE)
        wait_for_tools(page)
        page.evaluate(OPEN)
        page.evaluate(THIN, [])
        page.evaluate(AXE.read_text(encoding="utf-8"))
        links = set()
        for brand in ("#fff59d", "#ff0000"):
            add(page, own_colours(read_looks({"extra": {"brand": brand}}, {}), THEME))
            for scheme in ("default", "slate"):
                page.evaluate(SCHEME, scheme)
                low += page.evaluate(RUN, ["html", ["color-contrast"]])
                links.add(page.evaluate(COLOUR, LINK))
        add(page, '[data-md-color-scheme="slate"] { --hb-brand: #abcdef; }')
        assert page.evaluate(COLOUR, LINK) == "rgb(171, 205, 239)"
        assert len(links) == 4
    assert low == []
