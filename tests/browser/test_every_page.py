"""What holds for every page: it fits a phone, says where it stands, and is accessible.

The last is what axe-core's rules of WCAG 2.2 AA can tell, in both colour schemes, with everything opened.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage, wait_for_tools
from tests.effort import FULL
from tests.shipped_kinds import KINDS
from tests.sites import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = ROOT / ".venv/node/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PARTS = 2
"""The pages are looked at in so many tests, which run side by side."""
STYLES = ROOT / "src/handbook/publish/browser/styles"
PLACELESS = {"", "404.html"}
"""The pages that stand nowhere in the navigation."""
VIEWS = ("overview", "entry")
_ELEMENT = re.compile(r"<([a-z0-9]+)((?:\s[^<>]*)?)>")
_CLASSES = re.compile(r'\bclass="([^"]*)"')
_STATE = re.compile(r'\b(data-hb|role|type)="([^"]*)"')
OPEN = """() => {
  for (const each of document.querySelectorAll("article details")) each.open = true;
  for (const run of document.querySelectorAll(".hb-run__runs .hb-quiet")) run.click();
  const boxes = document.querySelectorAll(".hb-checks input:not([aria-disabled])");
  for (const box of [...boxes].slice(0, 2)) box.click();
  document.querySelector("a.hb-term")?.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
}"""
# Looking takes long and finds the same each time in the rows of a table, in the lines of an example, and in
# what is around the content of a page.
THIN = """([known, around]) => {
  if (!around) {
    for (const part of document.querySelectorAll("header, footer, .md-sidebar, [data-md-component=skip]")) {
      if (!part.closest("article")) part.replaceChildren();
    }
  }
  const seen = new Set(known);
  const look = (part) => {
    const names = part.getAttributeNames().filter((name) => name !== "id" && name !== "class");
    const classes = part.getAttribute("class") ?? "";
    return [part.localName, classes, ...names.sort(), part.textContent.trim() ? "" : "empty"].join(" ");
  };
  const parts = ":is(tr, li, p, dt, dd, section, h2, h3, h4, h5, h6, figure, details, pre span, svg > *)";
  for (const part of document.querySelectorAll(`main article ${parts}`)) {
    const looks = new Set([part, ...part.querySelectorAll("*")].map(look));
    const shown = [look(part.parentElement), ...[...looks].sort()].join("\\n");
    if (seen.has(shown)) part.remove();
    else seen.add(shown);
  }
  return [...seen];
}"""
RUN = """async ([where, rules]) => {
  const told = (node) => `${node.target} ${node.any[0]?.message ?? ""}`;
  // Only rules about sound and turned screens would need the files of a page.
  const options = { runOnly: rules, resultTypes: ["violations"], preload: false };
  const { violations } = await axe.run(where, options);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(told).join("; ")}`);
}"""


PLACE = """() => ({
  titles: document.querySelectorAll("article h1").length,
  steps: [...document.querySelectorAll("nav.md-path li, nav [aria-current]")]
    .filter((step) => step.checkVisibility()).length,
})"""


def pages(site: Path) -> dict[str, set[tuple[str, str]]]:
    """Every page of a site, with what can be looked at there: views, elements with our styles, tools."""
    styles = "".join(file.read_text(encoding="utf-8") for file in STYLES.glob("*.css"))
    styled = set(re.findall(r"\.(hb-[\w-]+)", styles))
    views = {kind.page: kind.name for kind in KINDS.values()}
    found = {}
    for file in sorted(site.rglob("*.html")):
        if file.name not in {"index.html", "404.html"}:
            continue
        path = file.relative_to(site).as_posix().removesuffix("index.html")
        seen = {
            (VIEWS[0], views.get(path[:-1], "")),
            (VIEWS[1], views.get(path.rpartition("/")[0].rpartition("/")[0], "")),
        }
        for element, attributes in set(
            _ELEMENT.findall(file.read_text(encoding="utf-8").partition("<body")[2])
        ):
            classes = _CLASSES.search(attributes)
            names = classes[1].split() if classes else []
            seen |= {(element, name) for name in names if name in styled}
            seen.update(_STATE.findall(attributes))
        found[path] = seen
    return found


def sample(site: Path) -> dict[str, bool]:
    """As few pages as show every view and all that any page shows; every page with `make test-all`.

    Beside a page is whether it shows more than a view of what others show already.
    """
    shown = pages(site)
    assert len(shown) > 100
    if FULL:
        return dict.fromkeys(shown, True)
    left, chosen = set[tuple[str, str]]().union(*shown.values()), {}
    while left:
        path = max(shown, key=lambda path: len(shown[path] & left))
        chosen[path] = any(what not in VIEWS for what, _ in shown[path] & left)
        left -= shown[path]
    return chosen


def misplaced(page: Page, path: str) -> list[str]:
    """What is wrong with a page that was opened on a phone, and with what it says of itself on a laptop."""
    width = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size({"width": 1280, "height": 900})
    place = page.evaluate(PLACE)
    wrong = [] if place["titles"] == 1 else [f"{place['titles']} titles"]
    if path not in PLACELESS and not place["steps"]:
        wrong.append("does not show where it stands")
    return [*wrong, f"{width} pixels wide on a phone"] if width > 360 else wrong


def inaccessible(page: Page, seen: list[str], *, around: bool, is_new: bool) -> list[str]:
    """The rules that a page breaks when everything is opened.

    In the gate, what only differs in its words from something before it is not looked at again, on this page
    or on another, and the dark colours only where something is new.
    """
    page.evaluate(OPEN)
    where = "html" if around else ".md-content"
    if not FULL:
        known = len(seen)
        seen[:] = page.evaluate(THIN, [seen, around])
        if len(seen) == known:
            return []
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(RUN, [where, RULES])
    if not is_new:
        return found
    # Only colours differ between the schemes.
    page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
    found += page.evaluate(RUN, [where, ["color-contrast"]])
    return found


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_fits_a_phone_says_where_it_stands_asks_no_other_host_and_is_accessible(
    open_page: OpenPage, address: str, shipped_build: Path, part: int
) -> None:
    wrong: dict[str, list[str]] = {}
    page = open_page(f"{address}robots.txt", reduced_motion="reduce")
    seen: list[str] = []
    for number, (path, is_new) in enumerate([*sample(shipped_build).items()][part::PARTS]):
        page.set_viewport_size({"width": 360, "height": 900})
        page.goto(address + path)
        wait_for_tools(page)
        # What is around the content is the same on all pages.
        around = FULL or number == 0
        found = [*misplaced(page, path), *inaccessible(page, seen, around=around, is_new=is_new)]
        if found:
            wrong[path] = found
    assert wrong == {}
