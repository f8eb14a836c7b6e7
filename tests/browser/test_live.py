"""A served page shows what is wrong in the sources."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from handbook.publish.live import with_script
from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

_EVENTS = b"<script>EventSource = class { constructor() { self.source = this; } close() {} };</script>"
"""Events that a test sends."""


def test_what_is_wrong_can_be_closed_and_comes_back_when_it_changes(
    open_page: OpenPage, address: str
) -> None:
    def hear(problems: str) -> None:
        data = json.dumps({"version": "1", "problems": problems})
        page.evaluate("(data) => source.onmessage({ data })", data)

    page = open_page(f"{address}404.html")
    served = with_script(_EVENTS, "1")
    page.route("**/live", lambda route: route.fulfill(content_type="text/html", body=served))
    page.goto(f"{address}live")
    panel = page.get_by_role("alert")
    hear("First")
    expect(panel).to_contain_text("First")
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    page.reload()
    hear("First")
    expect(panel).to_have_count(0)
    hear("Second")
    expect(panel).to_contain_text("Second")
    panel.get_by_role("button", name="Close").click()
    expect(panel).to_have_count(0)
    hear("")
    hear("Second")
    expect(panel).to_contain_text("Second")
    page.unroute("**/live")
