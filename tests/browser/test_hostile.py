"""Text that tries to run in the reader's browser is shown, and nothing more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from serving import served
from tests.browser.conftest import OpenPage
from tests.sites import HOSTILE_NAME

pytestmark = pytest.mark.browser


@pytest.fixture
def hostile(hostile_build: Path) -> Iterator[str]:
    """The address of the site."""
    with served(hostile_build) as url:
        yield url


def test_nothing_from_a_source_runs_in_the_browser(open_page: OpenPage, hostile: str) -> None:
    for path in ("", "tools/", "tools/linear/"):
        open_page(hostile + path).wait_for_timeout(200)
    page = open_page(f"{hostile}tools/hostile/")
    page.wait_for_timeout(200)
    expect(page.locator("article h1")).to_contain_text(HOSTILE_NAME)
    assert page.title().startswith(HOSTILE_NAME)
    assert page.locator("article script, article img, article svg[onload], article b").count() == 0
    expect(page.locator("article")).to_contain_text("{{ 7 * 7 }}")
    expect(page.locator("article")).to_contain_text("click](javascript:alert(8))")


def test_search_shows_hostile_names_as_text(open_page: OpenPage, hostile: str) -> None:
    page = open_page(hostile)
    page.wait_for_load_state("networkidle")
    page.keyboard.press("/")
    page.locator(":is(input[type=text], [role=combobox]):focus").press_sequentially("trial")
    expect(page.locator("a[href*='tools/hostile/']", has_text="alert(1)").last).to_be_visible()
    page.wait_for_timeout(300)
    assert page.locator("[onerror], img[src=x]").count() == 0
