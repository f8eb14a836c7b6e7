"""Text that tries to run in the reader's browser is shown, and nothing more."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from serving import served
from tests.browser.conftest import OpenPage
from tests.sites import TOOL, run, write_site

pytestmark = pytest.mark.browser

NAME = "</title><script>alert(1)</script><img src=x onerror=alert(2)> & {{ 7 * 7 }}"
TOOLS = f"""{TOOL}  - id: hostile
    name: "{NAME}"
    summary: "<img src=x onerror=alert(3)> | {{{{ 7 * 7 }}}} \\" onmouseover=alert(4)"
    category: feedback
    status: trial
    vendor: "<svg onload=alert(5)>"
    links: [{{title: "<b>x</b>", url: "tools/linear.md"}}]
    notes: |  # handbook: ignore HB314
      <script>alert(6)</script> [click](javascript:alert(7)) {{{{ 7 * 7 }}}}
"""


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_nothing_from_a_source_runs_in_the_browser(open_page: OpenPage, tmp_path: Path, engine: str) -> None:
    site = write_site(
        tmp_path, {"tools_inventory.yaml": TOOLS, "docs/index.md": "# Home\n\n{{ tools_table() }}\n"}
    )
    done = run(site, "build", "--engine", engine)
    assert done.returncode == 0, done.stdout + done.stderr
    with served(site / "site") as address:
        for path in ("", "tools/", "tools/hostile/", "tools/linear/"):
            open_page(address + path).wait_for_timeout(200)
        page = open_page(f"{address}tools/hostile/")
        expect(page.locator("article h1")).to_contain_text(NAME)
        assert page.title().startswith(NAME)
        assert page.locator("article script, article img, article svg[onload], article b").count() == 0
        expect(page.locator("article")).to_contain_text(["{{ 7 * 7 }}", "click](javascript:alert(7))"][0])


def test_search_shows_hostile_names_as_text(open_page: OpenPage, tmp_path: Path) -> None:
    site = write_site(tmp_path, {"tools_inventory.yaml": TOOLS})
    assert run(site, "build").returncode == 0
    with served(site / "site") as address:
        page = open_page(address)
        page.wait_for_load_state("networkidle")
        page.keyboard.press("/")
        page.get_by_role("textbox", name="Search").press_sequentially("trial")
        expect(page.locator(".md-search-result__link").first).to_be_visible()
        page.wait_for_timeout(300)
        assert (
            page.locator(
                ".md-search-result script, .md-search-result img, .md-search-result [onerror]"
            ).count()
            == 0
        )
