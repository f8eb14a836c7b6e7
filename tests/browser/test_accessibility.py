"""No page keeps anybody out: axe-core's rules of WCAG 2.2 AA, in both colour schemes, everything opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import wait_for_tools
from tests.sites import ROOT

pytestmark = pytest.mark.browser

AXE = ROOT / ".venv/node/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PARTS = 6
"""The pages are looked at in so many tests, which run side by side."""
OPEN = """() => {
  for (const each of document.querySelectorAll("article details")) each.open = true;
  for (const run of document.querySelectorAll(".hb-runs__tabs .hb-quiet")) run.click();
  for (const box of [...document.querySelectorAll(".hb-checks input:enabled")].slice(0, 2)) box.click();
  document.querySelector("a.hb-term")?.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
}"""
RUN = """async (rules) => {
  const told = (node) => `${node.target} ${node.any[0]?.message ?? ""}`;
  const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(told).join("; ")}`);
}"""


def pages(site: Path) -> list[str]:
    """Every page of a site."""
    return sorted(
        path.relative_to(site).as_posix().removesuffix("index.html")
        for path in site.rglob("*.html")
        if path.name in {"index.html", "404.html"}
    )


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_breaks_a_rule_of_accessibility(
    browser: Browser, address: str, shipped_build: Path, part: int
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    axe = AXE.read_text(encoding="utf-8")
    broken: dict[str, list[str]] = {}
    page = context.new_page()
    all_pages = pages(shipped_build)
    assert len(all_pages) > 100
    for path in all_pages[part::PARTS]:
        page.goto(address + path)
        wait_for_tools(page)
        page.evaluate(OPEN)
        page.evaluate(axe)
        found = page.evaluate(RUN, RULES)
        # Only colours differ between the schemes.
        page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
        found += page.evaluate(RUN, ["color-contrast"])
        if found:
            broken[path] = found
    context.close()
    assert broken == {}
