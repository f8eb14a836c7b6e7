"""A served page shows what is wrong in the sources."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Route, expect

from handbook.publish.live import with_script
from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser


def test_what_is_wrong_can_be_closed_and_comes_back_when_it_changes(
    open_page: OpenPage, address: str
) -> None:
    problems = "a.yaml:1:1: HB104 error: First"

    heard: list[str] = []

    def hear(route: Route) -> None:
        heard.append(problems)
        said = json.dumps({"version": "1", "problems": problems})
        route.fulfill(content_type="text/event-stream", body=f"retry: 20\ndata: {said}\n\n")

    def hear_twice() -> None:
        # Before the page asks again, it has shown what it heard.
        while heard.count(problems) < 2:
            page.wait_for_timeout(10)

    page = open_page(f"{address}404.html")
    page.route("**/livereload/**", hear)
    page.route("**/live", lambda route: route.fulfill(content_type="text/html", body=with_script(b"", "1")))
    page.goto(f"{address}live")
    panel = page.get_by_role("alert")
    expect(panel).to_contain_text("First")
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    page.reload()
    heard.clear()
    hear_twice()
    expect(panel).to_have_count(0)
    problems = "a.yaml:1:1: HB104 error: Second"
    expect(panel).to_contain_text("Second")
    panel.get_by_role("button", name="Close").click()
    expect(panel).to_have_count(0)
    problems = ""
    heard.clear()
    hear_twice()
    problems = "a.yaml:1:1: HB104 error: Second"
    expect(panel).to_contain_text("Second")
