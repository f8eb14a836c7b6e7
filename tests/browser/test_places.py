"""The built site in other places than at the top of a web server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from serving import served
from tests.browser.conftest import OpenPage, wait_for_tools

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def below(shipped_build: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site below a path, on a host that shows its page for missing pages everywhere."""
    host = tmp_path_factory.mktemp("host")
    (host / "handbook").symlink_to(shipped_build, target_is_directory=True)
    (host / "404.html").symlink_to(shipped_build / "404.html")
    with served(host) as url:
        yield f"{url}handbook/"


def test_a_site_that_does_not_know_its_address_works_below_a_path(open_page: OpenPage, below: str) -> None:
    page = open_page(f"{below}tools/linear/")
    page.locator(".hb-tabs").get_by_role("link", name="Data", exact=True).click()
    page.wait_for_url(f"{below}metrics/**")
    expect(page.locator(".hb-table__tools").first).to_be_visible()


@pytest.mark.parametrize("path", ["nope/", "tools/linear/nope/not.html"])
def test_a_missing_page_is_told_with_styles_and_links_however_deep_it_was(
    open_page: OpenPage, below: str, path: str
) -> None:
    page = open_page(below)
    page.goto(f"{below}{path}")
    # The search of that page starts with the words of the address.
    page.wait_for_url(f"{below}404.html#{path}")
    wait_for_tools(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
    page.get_by_role("link", name="home page").click()
    page.wait_for_url(below)


def test_from_a_folder_links_open_pages_and_the_page_says_what_cannot_work(
    browser: Browser, shipped_build: Path
) -> None:
    home = shipped_build.as_uri()
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{home}/tools/index.html")
        expect(page.locator(".hb-version")).to_contain_text("You opened this page from a folder.")
        page.locator("article").get_by_role("link", name="Linear", exact=True).first.click()
        page.wait_for_url(f"{home}/tools/linear/index.html")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Linear")
