"""The tools of the pages where the theme replaces a page without loading the next one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from serving import served
from tests.browser.conftest import OpenPage, wait_for_tools

pytestmark = pytest.mark.browser

PATHS = ["tools/", "checklists/launch/", "templates/prd/", "tools/pick/", "experiments/plan/"]
FEATURES = '"features": ['


@pytest.fixture(scope="module")
def instant(shipped_build: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the shipped handbook with instant navigation.

    A build with the feature and the site's own address differs in this from one without, and in nothing else
    that acts: the feature stands in the settings of each page, and the addresses in the map of the site.
    """
    site = tmp_path_factory.mktemp("instant") / "site"
    shutil.copytree(shipped_build, site)
    with served(site) as address:
        for path in PATHS:
            page = site / path / "index.html"
            text = page.read_text(encoding="utf-8")
            assert text.count(FEATURES) == 1
            page.write_text(text.replace(FEATURES, f'{FEATURES}"navigation.instant", '), encoding="utf-8")
        places = "".join(f"<url><loc>{address}{path}</loc></url>" for path in PATHS)
        sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>'
        (site / "sitemap.xml").write_text(sitemap, encoding="utf-8")
        yield address


def follow(page: Page, path: str) -> None:
    """Goes on to another page as a link would, without loading it."""
    page.evaluate(
        """(path) => {
          const link = document.createElement("a");
          link.href = path;
          link.id = "left-behind";
          document.querySelector("article").append(link);
          link.click();
        }""",
        path,
    )
    page.wait_for_url(f"**{path}")
    expect(page.locator("#left-behind")).to_have_count(0)
    wait_for_tools(page)
    assert page.evaluate("window.stays") == "here"


def test_every_tool_starts_and_keeps_its_state_without_loading_pages(
    open_page: OpenPage, instant: str
) -> None:
    page = open_page(f"{instant}tools/")
    page.evaluate("window.stays = 'here'")
    page.get_by_role("searchbox", name="Filter rows").fill("linear")
    expect(page.locator(".hb-table__state output")).to_have_text("1 of 11 rows")

    follow(page, "/checklists/launch/")
    page.locator(".hb-checks input:not([aria-disabled])").first.check()
    page.locator(".hb-checks details:has(a.hb-term) > summary").first.click()
    page.locator("a.hb-term:visible").first.focus()
    expect(page.get_by_role("tooltip")).to_be_visible()

    page.keyboard.press("/")
    page.get_by_role("combobox", name="Search the handbook").fill("prd template")
    expect(page.locator(".hb-find [aria-selected=true]")).to_contain_text("Product requirements document")
    page.keyboard.press("Enter")
    page.wait_for_url("**/templates/prd/")
    expect(page.locator(".hb-find")).to_be_hidden()
    wait_for_tools(page)
    page.get_by_label("Title", exact=True).fill("Quick export")
    expect(page.locator(".hb-copy code")).to_contain_text("Quick export")

    follow(page, "/tools/pick/")
    page.get_by_label("Number of users").fill("40")
    expect(page.locator(".hb-picks li").first).to_be_visible()

    follow(page, "/experiments/plan/")
    page.get_by_label("Eligible users per day").fill("800")
    expect(page.get_by_role("region", name="Sample size and runtime")).to_contain_text("13,020 users")

    follow(page, "/checklists/launch/")
    expect(page.locator(".hb-run__told")).to_contain_text("1 of")
    for _ in range(5):
        page.go_back()
    expect(page.locator(".hb-table__tools")).to_have_count(1)
    expect(page.get_by_role("searchbox", name="Filter rows")).to_have_value("linear")
    assert page.evaluate("window.stays") == "here"
