"""Old addresses, opened as a bookmark opens them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

BEFORE = "checklists/new-pm-90-days/"
NOW = "onboarding/new-product-manager/"


def expect_arrival(page: Page, url: str) -> None:
    page.wait_for_url(url)
    expect(page.locator("h1")).to_contain_text("First 90 days of a product manager")


def test_an_old_bookmark_leads_on_and_keeps_its_place_on_the_page(open_page: OpenPage, address: str) -> None:
    expect_arrival(open_page(f"{address}{BEFORE}#week-one"), f"{address}{NOW}#week-one")


def test_an_old_bookmark_leads_on_without_scripts(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}{BEFORE}#week-one", java_script_enabled=False)
    expect_arrival(page, f"{address}{NOW}")


def test_a_host_that_forbids_scripts_inside_pages_forwards_all_the_same(
    browser: Browser, address: str
) -> None:
    def strict(route: Route) -> None:
        answer = route.fetch()
        policy = {"content-security-policy": "default-src 'none'; script-src 'self'"}
        route.fulfill(response=answer, headers=answer.headers | policy)

    with browser.new_context() as context:
        page = context.new_page()
        page.route(f"**/{BEFORE}", strict)
        page.goto(f"{address}{BEFORE}#week-one")
        expect_arrival(page, f"{address}{NOW}#week-one")
