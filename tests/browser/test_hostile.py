"""Text that tries to run in the reader's browser is shown, and nothing more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from serving import served
from tests.browser.conftest import OpenPage, Readers, wait_for_tools
from tests.conftest import MakeOnce
from tests.sites import CONFIG, HOSTILE_NAME, run, write_site

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def hostile(hostile_build: Path) -> Iterator[str]:
    """The address of the site."""
    with served(hostile_build) as url:
        yield url


def settle(page: Page) -> None:
    """Lets a page do what it is about to do. What acts on a picture that fails has acted by its load."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def test_nothing_from_a_source_runs_in_the_browser_or_its_search(open_page: OpenPage, hostile: str) -> None:
    page = open_page(hostile)
    for path in ("tools/", "tools/linear/", "tools/hostile/"):
        settle(page)
        page.goto(hostile + path)
        wait_for_tools(page)
    settle(page)
    expect(page.locator("article h1")).to_contain_text(HOSTILE_NAME)
    assert page.title().startswith(HOSTILE_NAME)
    assert page.locator("article script, article img, article svg[onload], article b").count() == 0
    expect(page.locator("article")).to_contain_text("{{ 7 * 7 }}")
    expect(page.locator("article")).to_contain_text("click](javascript:alert(8))")
    page.keyboard.press("/")
    page.locator(":is(input[type=text], [role=combobox]):focus").press_sequentially("trial")
    expect(page.locator("a[href*='tools/hostile/']", has_text="alert(1)").last).to_be_visible()
    settle(page)
    assert page.locator("[onerror], img[src=x]").count() == 0


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
OVER = (
    '<div style="display: flex; height: 0; align-items: flex-end; opacity: .99">'
    '<p style="min-width: 2000px; height: 900px; background: red">Over</p></div>'
)
"""A text that is larger than its place, above it and next to it."""
PAGES = {
    "mkdocs.yml": CONFIG_WITH_TITLES,
    "docs/deep/named.md": "# Named\n",
    "docs/deep/titled.md": TITLED,
    "docs/deep/heading.md": "# Heading &lt;/title&gt;&lt;script&gt;alert(11)&lt;/script&gt;\n"
    f"\n{OVER}\n\n## One\n\n## Two\n",
}
SCRIPTS = {
    "docs/b.png": "",
    "docs/a.md": "# A\n\n<script>alert(12)</script> <img src=b.png onerror=alert(13)>\n",
    "docs/own.js": "alert(14)",
    "sources/handbook.yaml": "trusted_files: [docs/a.md, docs/own.js]\n",
}


@pytest.fixture(scope="session", params=["mkdocs", "zensical"])
def acting_build(request: pytest.FixtureRequest, make_once: MakeOnce) -> Path:
    """A site with titles that are markup, and with a page and a script that its settings trust."""

    def fill(folder: Path) -> None:
        done = run(write_site(folder, {**PAGES, **SCRIPTS}), "build", "--engine", request.param)
        assert done.returncode == 0, done.stdout + done.stderr

    return make_once(f"acting-{request.param}", fill) / "site"


@pytest.fixture(scope="module")
def acting(acting_build: Path) -> Iterator[str]:
    """The address of that site."""
    with served(acting_build) as url:
        yield url


def test_titles_are_text_in_every_place(open_page: OpenPage, acting: str) -> None:
    page = open_page(f"{acting}deep/named/")
    for path in ("named", "titled", "heading"):
        if path != "named":
            page.goto(f"{acting}deep/{path}/")
            wait_for_tools(page)
        settle(page)
        expect(page.locator("img")).to_have_count(0)
        acts = page.locator("[onerror], title *, head img, body > script:not([src]):not([type])")
        assert acts.count() == 0
        expect(page.locator(".hb-nav__title").first).to_have_text(f"Section {TITLE}")
        assert page.title().endswith(f" - Site {TITLE}")
        assert page.locator("meta[name=description]").get_attribute("content") == TITLE
        if path == "titled":
            assert page.title().startswith(f"Titled {TITLE}")
            assert page.locator("meta[name=author]").get_attribute("content") == TITLE
            expect(page.locator("article h1")).to_have_text(f"Titled {TITLE}")
            expect(page.locator(".hb-tabs")).to_contain_text(f"Section {TITLE}")
            expect(page.locator(".md-path")).to_contain_text(f"Section {TITLE}")


def test_what_the_site_says_is_above_the_text_of_a_page(open_page: OpenPage, acting: str) -> None:
    page = open_page(f"{acting}deep/heading/")
    on_top = """element => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
    }"""
    for part in (".hb-path-line a", ".hb-toc a"):
        assert page.locator(part).first.evaluate(on_top), part


def test_a_script_that_is_published_all_the_same_does_not_run(readers: Readers, acting: str) -> None:
    """A page can be trusted with markup that acts; the policy still knows only scripts in files."""
    page = readers.take({})
    said: list[str] = []

    def note(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    page.goto(f"{acting}a/")
    settle(page)
    assert page.locator("article script").count() == 1
    page.remove_listener("dialog", note)
    readers.give_back(page)
    assert said == []
