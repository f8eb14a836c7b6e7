"""What holds for every page: it fits a phone, says where it stands, and is accessible.

The last is what axe-core's rules of WCAG 2.2 AA can tell, in both colour schemes, with everything opened.
With `make test-all`, so are its rules of best practice.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Frame, Page

from tests.browser.conftest import OpenPage, wait_for_tools
from tests.effort import FULL
from tests.shipped_kinds import KINDS
from tests.sites import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = ROOT / ".venv/node/node_modules/axe-core/axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# The other rules are about whole pages, which the gate doesn't look at.
RULES = [*WCAG, "best-practice"] if FULL else WCAG
STYLES = ROOT / "src/handbook/publish/browser/styles"
PLACELESS = {"", "404.html"}
"""The pages that stand nowhere in the navigation."""
VIEWS = ("overview", "entry")
_ELEMENT = re.compile(r"<([a-z0-9]+)((?:\s[^<>]*)?)>")
_CLASSES = re.compile(r'\bclass="([^"]*)"')
_STATE = re.compile(r'\b(data-hb|role|type)="([^"]*)"')
OPEN = """() => {
  for (const each of document.querySelectorAll("article details")) each.open = true;
  for (const menu of document.querySelectorAll("article [aria-haspopup=menu]")) menu.click();
  for (const run of document.querySelectorAll(".hb-run__runs .hb-quiet")) run.click();
  const boxes = document.querySelectorAll(".hb-checks input:not([aria-disabled])");
  for (const box of [...boxes].slice(0, 2)) box.click();
  document.querySelector("a.hb-term")?.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
}"""
# Looking takes long and finds the same each time in the rows of a table, in the lines of an example, and in
# what is around the content of a page. What was seen is kept in the window, as it soon is larger than a page.
THIN = """() => {
  const seen = new Set(JSON.parse(sessionStorage.getItem("seen") ?? "[]"));
  const known = seen.size;
  const looks = new Map();
  const look = (part) => {
    if (!looks.has(part)) {
      const names = part.getAttributeNames().filter((name) => name !== "id" && name !== "class");
      const classes = part.getAttribute("class") ?? "";
      const words = part.textContent.trim() ? "" : "empty";
      looks.set(part, [part.localName, classes, ...names.sort(), words].join(" "));
    }
    return looks.get(part);
  };
  const blocks = "tr, li, p, dt, dd, section, h2, h3, h4, h5, h6, figure, details, div:not(:has(label))";
  for (const part of document.querySelectorAll(`main article :is(${blocks}, pre span, svg > *)`)) {
    if (!part.isConnected) continue;
    const inside = new Set([part, ...part.querySelectorAll("*")].map(look));
    const shown = [look(part.parentElement), ...[...inside].sort()].join("\\n");
    if (seen.has(shown)) part.remove();
    else seen.add(shown);
  }
  sessionStorage.setItem("seen", JSON.stringify([...seen]));
  return seen.size - known;
}"""
RUN = """async ([where, rules]) => {
  const told = (node) => `${node.target} ${node.any[0]?.message ?? ""}`;
  // Only rules about sound and turned screens would need the files of a page.
  const options = { runOnly: rules, resultTypes: ["violations"], preload: false };
  const { violations } = await axe.run(where, options);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(told).join("; ")}`);
}"""

SIZE = """() => ({
  width: document.documentElement.scrollWidth,
  titles: document.querySelectorAll("article h1").length,
})"""
PLACE = """() => [...document.querySelectorAll("nav.md-path li, nav [aria-current]")]
  .some((step) => step.checkVisibility())"""
# A page is looked at in place of another's content, where axe-core is loaded already and no longer slow.
STAGE = """() => {
  for (const part of document.querySelectorAll("header, footer, .md-sidebar, [data-md-component=skip]")) {
    if (!part.closest("article")) part.replaceChildren();
  }
  const frame = document.createElement("iframe");
  frame.name = "looked-at";
  frame.style.cssText = "position: absolute; inset: 0; height: 900px; border: 0";
  document.body.append(frame);
}"""
WIDTH = """(width) => {
  Object.assign(document.querySelector("iframe").style, { width: `${width}px`, visibility: "visible" });
}"""
# What is below the frame could not be told from it.
TAKE = """() => {
  const frame = document.querySelector("iframe");
  frame.style.visibility = "hidden";
  const content = frame.contentDocument.querySelector(".md-content");
  document.querySelector(".md-content").replaceWith(document.importNode(content, true));
}"""
SCHEME = "(name) => document.body.setAttribute('data-md-color-scheme', name)"


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


def inaccessible(page: Page | Frame, where: str, *, is_new: bool) -> list[str]:
    """The rules that a part of a page breaks: if anything in it is new, in the dark colours too."""
    page.evaluate(SCHEME, "default")
    found: list[str] = page.evaluate(RUN, [where, RULES])
    if is_new:
        # Only colours differ between the schemes.
        page.evaluate(SCHEME, "slate")
        found += page.evaluate(RUN, [where, ["color-contrast"]])
    return found


def faults(page: Page, frame: Frame, url: str, *, is_new: bool) -> list[str]:
    """What is wrong with a page on a phone, and with all of it opened on a laptop.

    In the gate, what only differs in its words from something before it is not looked at again, on this page
    or on another. It is away before the window is another, as that costs more the longer a page is.
    """
    page.evaluate(WIDTH, 360)
    frame.goto(url)
    wait_for_tools(frame)
    size = frame.evaluate(SIZE)
    wrong = [] if size["titles"] == 1 else [f"{size['titles']} titles"]
    if size["width"] > 360:
        wrong.append(f"{size['width']} pixels wide on a phone")
    frame.evaluate(OPEN)
    fresh = FULL or frame.evaluate(THIN)
    page.evaluate(WIDTH, 1280)
    if not frame.evaluate(PLACE) and urlsplit(url).path.lstrip("/") not in PLACELESS:
        wrong.append("does not show where it stands")
    if FULL:
        frame.evaluate(AXE.read_text(encoding="utf-8"))
        wrong += inaccessible(frame, "html", is_new=True)
    elif fresh:
        page.evaluate(TAKE)
        wrong += inaccessible(page, ".md-content", is_new=is_new)
    return wrong


def test_every_page_fits_a_phone_says_where_it_stands_asks_no_other_host_and_is_accessible(
    open_page: OpenPage, address: str, shipped_build: Path
) -> None:
    page = open_page(address, reduced_motion="reduce")
    page.evaluate(OPEN)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    # What is around the content is the same on all pages.
    wrong = {"around": inaccessible(page, "html", is_new=True)}
    page.evaluate(STAGE)
    frame = page.frame("looked-at")
    assert frame
    for path, is_new in sample(shipped_build).items():
        wrong[path] = faults(page, frame, address + path, is_new=is_new)
    assert {path: found for path, found in wrong.items() if found} == {}
