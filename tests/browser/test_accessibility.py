"""No page keeps anybody out: axe-core's rules of WCAG 2.2 AA, in both colour schemes, everything opened."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import wait_for_tools
from tests.effort import FULL
from tests.shipped_kinds import KINDS
from tests.sites import ROOT

pytestmark = pytest.mark.browser

AXE = ROOT / ".venv/node/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PARTS = 4
"""The pages are looked at in so many tests, which run side by side."""
_ELEMENT = re.compile(r"<([a-z0-9]+)((?:\s[^<>]*)?)>")
_CLASSES = re.compile(r'\bclass="([^"]*)"')
_STATE = re.compile(r'\b(data-hb|role|type)="([^"]*)"')
OPEN = """() => {
  for (const each of document.querySelectorAll("article details")) each.open = true;
  for (const run of document.querySelectorAll(".hb-runs__tabs .hb-quiet")) run.click();
  for (const box of [...document.querySelectorAll(".hb-checks input:enabled")].slice(0, 2)) box.click();
  document.querySelector("a.hb-term")?.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
}"""
RUN = """async ([where, rules]) => {
  const told = (node) => `${node.target} ${node.any[0]?.message ?? ""}`;
  // Only rules about sound and turned screens would need the files of a page.
  const options = { runOnly: rules, resultTypes: ["violations"], preload: false };
  const { violations } = await axe.run(where, options);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(told).join("; ")}`);
}"""


def pages(site: Path) -> dict[str, set[tuple[str, str]]]:
    """Every page of a site, with what can be looked at there: views, elements with our classes, tools."""
    views = {kind.page: kind.name for kind in KINDS.values()}
    found = {}
    for file in sorted(site.rglob("*.html")):
        if file.name not in {"index.html", "404.html"}:
            continue
        path = file.relative_to(site).as_posix().removesuffix("index.html")
        seen = {
            ("overview", views.get(path[:-1], "")),
            ("entry", views.get(path.rpartition("/")[0].rpartition("/")[0], "")),
        }
        for element, attributes in set(
            _ELEMENT.findall(file.read_text(encoding="utf-8").partition("<body")[2])
        ):
            classes = _CLASSES.search(attributes)
            names = classes[1].split() if classes else []
            seen |= {(element, name) for name in names if name.startswith("hb-")}
            seen.update(_STATE.findall(attributes))
        found[path] = seen
    return found


def sample(site: Path) -> list[str]:
    """As few pages as show every view and all that any page shows; every page with `make test-all`."""
    shown = pages(site)
    assert len(shown) > 100
    if FULL:
        return list(shown)
    left, chosen = set[tuple[str, str]]().union(*shown.values()), []
    while left:
        chosen.append(max(shown, key=lambda path: len(shown[path] & left)))
        left -= shown[chosen[-1]]
    return chosen


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_breaks_a_rule_of_accessibility(
    browser: Browser, address: str, shipped_build: Path, part: int
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    axe = AXE.read_text(encoding="utf-8")
    broken: dict[str, list[str]] = {}
    page = context.new_page()
    for number, path in enumerate(sample(shipped_build)[part::PARTS]):
        # What is around the content is the same on all pages.
        where = "html" if FULL or number == 0 else "main"
        page.goto(address + path)
        wait_for_tools(page)
        page.evaluate(OPEN)
        page.evaluate(axe)
        found = page.evaluate(RUN, [where, RULES])
        # Only colours differ between the schemes.
        page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
        found += page.evaluate(RUN, [where, ["color-contrast"]])
        if found:
            broken[path] = found
    context.close()
    assert broken == {}
