"""The tools of the pages where the theme replaces a page without loading the next one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from serving import served
from tests.browser.conftest import OpenPage
from tests.sites import copy_shipped_site, run

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def instant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the shipped handbook, built with instant navigation."""
    site = copy_shipped_site(tmp_path_factory.mktemp("instant"))
    config = site / "mkdocs.yml"
    with served(site / "site") as address:
        text = config.read_text(encoding="utf-8").replace(
            "  features:\n", "  features:\n    - navigation.instant\n"
        )
        config.write_text(
            f"site_url: {address}\n{text}", encoding="utf-8"
        )  # it works at the site's own address
        done = run(site, "build", "--strict")
        assert (done.returncode, done.stderr) == (0, "")
        yield address


def follow(page: Page, path: str) -> None:
    """Goes on to another page as a link would, without loading it."""
    page.evaluate(
        """(path) => {
          const link = document.createElement("a");
          link.href = path;
          document.querySelector("article").append(link);
          link.click();
        }""",
        path,
    )
    page.wait_for_url(f"**{path}")
    assert page.evaluate("window.stays") == "here"


def test_every_tool_starts_and_keeps_its_state_without_loading_pages(
    open_page: OpenPage, instant: str
) -> None:
    page = open_page(f"{instant}tools/")
    page.evaluate("window.stays = 'here'")
    page.get_by_role("searchbox", name="Filter rows").fill("linear")
    expect(page.locator(".hb-table__state output")).to_contain_text("of 17")

    follow(page, "/checklists/launch/")
    page.locator(".hb-checks input:enabled").first.check()
    page.locator("a.hb-term").first.focus()
    expect(page.get_by_role("tooltip")).to_be_visible()

    follow(page, "/templates/prd/")
    page.locator(".hb-fill__panel > summary").click()
    page.get_by_label("Title", exact=True).fill("Quick export")
    expect(page.locator(".hb-copy code")).to_contain_text("Quick export")

    follow(page, "/tools/pick/")
    page.get_by_label("Number of users").fill("40")
    expect(page.locator(".hb-picks li").first).to_be_visible()

    follow(page, "/experiments/plan/")
    page.get_by_label("Eligible users per day").fill("800")
    expect(page.get_by_role("region", name="Sample size and runtime")).to_contain_text("13,020 users")

    follow(page, "/checklists/launch/")
    expect(page.locator(".hb-checks__count")).to_contain_text("1 of")
    for _ in range(5):
        page.go_back()
    expect(page.locator(".hb-table__tools")).to_have_count(1)
    expect(page.get_by_role("searchbox", name="Filter rows")).to_have_value("linear")
    assert page.evaluate("window.stays") == "here"
