"""A real Chromium that looks at built sites, served from this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from install_browser import find_chromium
from serving import served

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]

STARTED = {
    "": "button.hb-search--large",
    "tools/": ".hb-table__tools",
    "tools/pick/": ".hb-picks ol",
    "checklists/launch/": ".hb-run__top",
    "templates/prd/": ".hb-draft__page",
    "experiments/plan/": ".hb-plan__total",
}
"""The pages with tools, and what is there once each has started."""

OpenPage = Callable[..., Page]


def wait_for_tools(page: Page) -> None:
    """Waits until every tool of a page has started, as one must who measures or reads what is stored."""
    expect(page.locator("[data-hb]:not([data-hb-tool=started])")).to_have_count(0)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        expect.set_options(timeout=30_000)  # A busy machine is no mistake of the page.
        running = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def address(shipped_build: Path) -> Iterator[str]:
    """The address of the shipped handbook."""
    with served(shipped_build) as url:
        yield url


def watch(page: Page, address: str, wrong: list[str]) -> None:
    """Notes from now on when a page fails, asks another host than that of an address or breaks its policy."""
    host = address.split("/")[2]

    def asked(request: Request) -> None:
        if request.url.split("/")[2] != host and not request.url.startswith("data:"):
            wrong.append(f"asked {request.url}")

    page.on("request", asked)
    page.on("pageerror", lambda error: wrong.append(f"script failed: {error}"))
    page.on(
        "console",
        lambda said: wrong.append(f"refused: {said.text}") if "Security Policy" in said.text else None,
    )
    page.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}"))


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens an address as some reader would.

    The test fails when the page fails, asks another host or breaks its policy.
    """
    with ExitStack() as stack:
        wrong: list[str] = []

        def opened(url: str, *, width: int = 1280, **options: object) -> Page:
            context = browser.new_context(viewport={"width": width, "height": 900}, **options)  # type: ignore[arg-type]
            stack.callback(context.close)
            page = context.new_page()
            watch(page, url, wrong)
            page.goto(url)
            if options.get("java_script_enabled", True):
                wait_for_tools(page)
            return page

        yield opened
        assert wrong == []
