"""The calendar: the script shows the month as the page has it, then others."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, wait_for_tools

pytestmark = pytest.mark.browser

SHAPE = """root => [...root.querySelectorAll(".hb-cal__month, .hb-cal__load, .hb-cal__days")].map(
    part => part.outerHTML.replace(/ style="[^"]*"/g, "").replace(/>\\s+</g, "><").split("<"))"""
"""What the parts of the calendar are made of, apart from their positions."""


TODAY = ".hb-cal__day--today b"


def test_today_is_that_of_the_site_if_it_has_one_and_else_that_of_the_reader(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(f"{address}robots.txt", new=True)
    page.clock.set_fixed_time("2027-01-15T12:00:00")
    page.goto(f"{address}processes/calendar/")
    wait_for_tools(page)
    assert page.locator("h2").first.inner_text() == "November 2026"
    assert page.locator(TODAY).inner_text() == "23"
    text = page.request.get(page.url).text().replace(" data-today=", " data-was=")
    page.route(page.url, lambda route: route.fulfill(body=text, content_type="text/html"))
    page.reload()
    wait_for_tools(page)
    assert page.locator("h2").first.inner_text() == "January 2027"
    assert page.locator(TODAY).inner_text() == "15"


def test_the_calendar_shows_other_months_and_the_time_of_a_role(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}processes/calendar/")
    built = page.evaluate(
        f"""async () => ({SHAPE})(new DOMParser().parseFromString(
            await (await fetch(location.href)).text(), "text/html"))"""
    )
    drawn = page.evaluate(f"({SHAPE})(document)")
    cell, day = drawn[0][(at := drawn[0].index('b aria-current="date">23')) - 1], drawn[0][at]
    assert cell.startswith('div class="hb-cal__day hb-cal__day--today" role="group" aria-label="Monday 23 ')
    drawn[0][at - 1 : at + 1] = [
        cell.replace(" hb-cal__day--today", ""),
        day.replace(' aria-current="date"', ""),
    ]
    assert drawn == built
    page.get_by_label("Role").select_option("product-manager")
    page.get_by_role("button", name="Next month").click()
    expect(page.get_by_role("heading", name="December 2026")).to_be_visible()
    told = page.locator(".hb-cal__load[aria-live=polite]")
    expect(told).to_contain_text("Product manager, December 2026")
    expect(page.locator(".hb-cal__month")).not_to_contain_text("feedback digest")
    expect(page.locator(".hb-cal__days summary")).to_contain_text("Later in the month")
    assert page.url.endswith("?role=product-manager&month=1")
    page.reload()
    expect(page.locator(".hb-cal__load")).to_contain_text("Product manager, December 2026")
