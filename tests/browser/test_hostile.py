"""Text that tries to run in the reader's browser is shown, and nothing more."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, expect

from serving import served
from tests.browser.conftest import OpenPage
from tests.sites import CONFIG, TOOL, run, write_site

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


TITLE = "</title><script>alert(8)</script><img src=x onerror=alert(9)> 'a' & &lt;b&gt;"
CONFIG_WITH_TITLES = (
    CONFIG.replace("site_name: Test", f'site_name: "Site {TITLE}"\nsite_description: "{TITLE}"').replace(
        "  font: false",
        "  font: false\n  features: [navigation.tabs, navigation.path, navigation.footer]",
    )
    + f"""nav:
  - index.md
  - "Section {TITLE}":
      - "Named {TITLE}": deep/named.md
      - deep/titled.md
      - deep/heading.md
"""
)
TITLED = f"""---
title: "Titled {TITLE}"
description: "{TITLE}"
author: "{TITLE}"
subtitle: "{TITLE}"
status: "{TITLE}"
---

Text

## A <b>b</b> &lt;script&gt;alert(10)&lt;/script&gt;
"""
PAGES = {
    "mkdocs.yml": CONFIG_WITH_TITLES,
    "docs/deep/named.md": "# Named\n",
    "docs/deep/titled.md": TITLED,
    "docs/deep/heading.md": "# Heading &lt;/title&gt;&lt;script&gt;alert(11)&lt;/script&gt;\n",
}
SCRIPTS = {
    "docs/a.md": "# A\n\n<script>alert(12)</script> <img src=x onerror=alert(13)>\n",
    "docs/own.js": "alert(14)",
}


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_titles_are_text_in_every_place(open_page: OpenPage, tmp_path: Path, engine: str) -> None:
    site = write_site(tmp_path, PAGES)
    done = run(site, "build", "--engine", engine)
    assert done.returncode == 0, done.stdout + done.stderr
    with served(site / "site") as address:
        for path in ("named", "titled", "heading"):
            page = open_page(f"{address}deep/{path}/")
            page.wait_for_timeout(200)
            expect(page.locator("img")).to_have_count(0)
            assert (
                page.locator("[onerror], title *, head img, body > script:not([src]):not([type])").count()
                == 0
            )
            expect(page.locator("nav[data-md-level='0']")).to_contain_text([f"Section {TITLE}"])
            assert page.title().endswith(f" - Site {TITLE}")
            assert page.locator("meta[name=description]").get_attribute("content") == TITLE
        page = open_page(f"{address}deep/titled/")
        assert page.title().startswith(f"Titled {TITLE}")
        assert page.locator("meta[name=author]").get_attribute("content") == TITLE
        expect(page.locator("article h1")).to_have_text(f"Titled {TITLE}")
        expect(page.locator(".md-header__topic").last).to_have_text(f"Titled {TITLE}")
        expect(page.locator(".md-tabs")).to_contain_text(f"Section {TITLE}")
        expect(page.locator(".md-path")).to_contain_text(f"Section {TITLE}")
        expect(page.locator(".md-footer__link--prev")).to_contain_text(f"Named {TITLE}")


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_a_script_that_is_published_all_the_same_does_not_run(
    browser: Browser, tmp_path: Path, engine: str
) -> None:
    """A page can be trusted with markup that acts; the policy still knows only scripts in files."""
    trusted = "trusted_files: [docs/a.md, docs/own.js]\n"
    site = write_site(tmp_path, {**SCRIPTS, "sources/handbook.yaml": trusted})
    assert run(site, "build", "--engine", engine).returncode == 0
    with served(site / "site") as address, browser.new_page() as page:
        said: list[str] = []

        def note(dialog: Dialog) -> None:
            said.append(dialog.message)
            dialog.dismiss()

        page.on("dialog", note)
        page.goto(f"{address}a/")
        page.wait_for_timeout(500)
        assert page.locator("article script").count() == 1
        assert said == []


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
