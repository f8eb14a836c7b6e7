"""Chromium shows a page in the colours of a company, and every text stays readable."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from handbook.publish.looks import own_colours
from handbook.read.looks import read_looks
from tests.browser.conftest import OpenPage, wait_for_tools
from tests.browser.test_every_page import AXE, OPEN, RUN, SCHEME, THIN

pytestmark = pytest.mark.browser

PAGE = "experiments/save-prompt/"
"""It has links, labels, a table, a chart and a list of facts."""
BRANDS = {
    "light yellow": "#fff59d",
    "near black": "#0d0d0d",
    "near white": "#fafafa",
    "mid grey": "#808080",
    "red": "#ff0000",
    "green": "#00ff00",
    "blue": "#0000ff",
    "orange": "#ff6f00",
    "violet": "#7b1fa2",
    "forest": "#0b6e4f",
    "the handbook's own": "#0b5c69",
}
SURFACES = ("paper", "raised", "sunken", "hover", "tint")
TEXTS = ("ink", "ink-2", "ink-3", "link", "good", "wait", "stop", "calm")
EDGES = ("line-2", "link", "mark")
TEXT, GRAPHIC = 4.5, 3.0
"""What WCAG 2.2 AA asks for (1.4.3, 1.4.11)."""

ADD = """(text) => {
  const own = new CSSStyleSheet();
  own.replaceSync(text);
  document.adoptedStyleSheets = [own];
}"""
# A canvas turns any colour that CSS can name into the numbers that the screen shows.
CONTRASTS = """(pairs) => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const probe = document.createElement("i");
  document.body.append(probe);
  const bright = new Map();
  const brightness = (name) => {
    if (!bright.has(name)) {
      probe.style.color = `var(--hb-${name})`;
      canvas.fillStyle = getComputedStyle(probe).color;
      canvas.fillRect(0, 0, 1, 1);
      const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) =>
        part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
      bright.set(name, 0.2126 * red + 0.7152 * green + 0.0722 * blue);
    }
    return bright.get(name);
  };
  const found = pairs.map(([one, other]) => {
    const [low, high] = [brightness(one), brightness(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  });
  probe.remove();
  return found;
}"""


def add(page: Page, style: str) -> None:
    """Add a style sheet, as `extra_css` does. A page allows none in its own text."""
    page.evaluate(ADD, style)


def test_every_text_can_be_read_with_every_brand_colour_and_a_variable_changes_it(
    browser: Browser, address: str
) -> None:
    pairs = [(text, surface, TEXT) for text in TEXTS for surface in SURFACES]
    pairs += [("on-fill", "fill", TEXT), ("paper", "ink", TEXT)]
    pairs += [(edge, surface, GRAPHIC) for edge in EDGES for surface in ("paper", "raised")]
    names = [pair[:2] for pair in pairs]
    low, links, axe = [], set(), []
    with browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(address + PAGE)
        wait_for_tools(page)
        page.evaluate(OPEN)
        page.evaluate(THIN)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        for brand, code in BRANDS.items():
            add(page, own_colours(read_looks({"extra": {"brand": code}}, {})))
            for scheme in ("default", "slate"):
                page.evaluate(SCHEME, scheme)
                for (one, other, needed), found in zip(pairs, page.evaluate(CONTRASTS, names), strict=True):
                    if found < needed:
                        low.append(f"{brand}, {scheme}: {one} on {other} {found:.2f}")
                links.add(page.evaluate(CONTRASTS, [("link", "paper")])[0])
                if brand in {"light yellow", "red"}:
                    axe += page.evaluate(RUN, ["html", ["color-contrast"]])
        before = page.evaluate(CONTRASTS, [("link", "paper")])
        add(page, '[data-md-color-scheme="slate"] { --hb-brand: #abcdef; }')
        assert page.evaluate(CONTRASTS, [("link", "paper")]) != before
        assert len(links) > len(BRANDS)
    assert low == []
    assert axe == []


def test_colours_follow_the_system_until_the_reader_chooses(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}teams/", color_scheme="light")
    body = page.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    page.emulate_media(color_scheme="dark")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    page.reload()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    page.locator("label[for^=__palette]:visible").click()
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    page.reload()
    expect(body).to_have_attribute("data-md-color-scheme", "default")
