"""The tools of the pages work in a site that Zensical has built, too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from serving import served
from tests.browser.conftest import STARTED, OpenPage

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def zensical(zensical_build: Path) -> Iterator[str]:
    """The address of the shipped handbook as Zensical builds it."""
    with served(zensical_build) as url:
        yield url


@pytest.mark.parametrize("path", [path for path in STARTED if path])  # The home page's is tried below.
def test_every_tool_starts_and_breaks_no_policy(open_page: OpenPage, zensical: str, path: str) -> None:
    page = open_page(zensical + path)
    expect(page.locator(STARTED[path]).first).to_be_visible()


@pytest.mark.parametrize("path", ["", "404.html"])
def test_the_field_in_front_leads_to_its_search(open_page: OpenPage, zensical: str, path: str) -> None:
    page = open_page(zensical + path)
    page.locator("article button[data-hb-search]").click()
    page.get_by_role("combobox", name="Search the handbook").fill("WAU")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Weekly active user")
    page.keyboard.press("Enter")
    expect(page.locator("article h1")).to_contain_text("Weekly active user")
