"""A real Chromium that looks at built sites, served from this machine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Dialog,
    Error,
    Frame,
    Page,
    Request,
    expect,
    sync_playwright,
)

from install_browser import find_chromium
from serving import served

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    # The next page of a site is shown in the frame of the last one. A new frame costs a fifth of a page load.
    "--enable-features=RenderDocument:level/crashed-frame",
]

STARTED = {
    "": "button.hb-search--large",
    "tools/": ".hb-table__tools",
    "tools/pick/": ".hb-picks ol",
    "checklists/launch/": ".hb-run__top",
    "templates/prd/": ".hb-draft__page",
    "experiments/plan/": ".hb-plan__total",
}
"""The pages with tools, and what is there once each has started."""

BUSY = 60_000
"""Milliseconds to wait for a page at most. A busy machine is no mistake of the page."""
LIGHT = {"media": "null", "color_scheme": "light", "reduced_motion": "no-preference"}

OpenPage = Callable[..., Page]

# Nothing that still runs there keeps anything any more. Returns whether the page asks before it is left.
_FORGET = """() => {
  Storage.prototype.setItem = () => {};
  localStorage.clear();
  sessionStorage.clear();
  return !dispatchEvent(new Event("beforeunload", { cancelable: true }));
}"""


_CLIPBOARD = """async () => {
  try {
    const [item] = await navigator.clipboard.read();
    const read = async (type) => [type, await (await item.getType(type)).text()];
    return Object.fromEntries(await Promise.all(item.types.map(read)));
  } catch {
    return {}; // It changes while it is read.
  }
}"""


def clipboard(page: Page, words: str = "") -> dict[str, str]:
    """What was copied, by its type, once there is a plain text with some words."""
    for _ in range(BUSY // 100):
        copied: dict[str, str] = page.evaluate(_CLIPBOARD)
        if copied.get("text/plain") and words in copied["text/plain"]:
            return copied
        page.wait_for_timeout(100)
    raise AssertionError(f"Not copied: {words}")


# A locator would load the many tools of Playwright into the page.
_STARTING = """async (most) => {
  const starting = () => [...document.querySelectorAll("[data-hb]:not([data-hb-tool=started])")];
  const end = performance.now() + most;
  while (starting().length && performance.now() < end) await new Promise((done) => setTimeout(done, 10));
  return starting().map((each) => each.dataset.hb);
}"""


# As much as fits: a part that is too large fits in halves.
_FILL = """() => {
  for (let size = 8_000_000, part = 0; size; part += 1) {
    try {
      localStorage.setItem(`full ${part}`, "x".repeat(size));
    } catch {
      size = Math.floor(size / 2);
    }
  }
}"""


def fill_store(page: Page) -> None:
    """Leaves no room for what the host of a page would keep."""
    page.evaluate(_FILL)


def wait_for_tools(page: Page | Frame) -> None:
    """Waits until every tool of a page has started, as one must who measures or reads what is stored."""
    try:
        assert page.evaluate(_STARTING, BUSY) == [], f"{page.url} is still starting"
    except Error as error:
        if "Execution context was destroyed" not in str(error):
            raise
        wait_for_tools(page)  # The page has led on to another.


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        expect.set_options(timeout=BUSY)
        running = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield running
        running.close()


class Readers:
    """Pages of a browser that one test after the other uses.

    A page of its own costs a test more than most of what it does there: a process of Chromium starts, and
    loads and compiles what all pages of the handbook share. So a page is passed on, with nothing kept in it.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._idle: dict[object, list[Page]] = defaultdict(list)
        self._options: dict[Page, Mapping[str, object]] = {}

    def take(self, options: Mapping[str, object]) -> Page:
        """Return a page that nobody uses, with options that its browser context has for good."""
        idle = self._idle[repr(sorted(options.items()))]
        if idle:
            return idle.pop()
        context = self._browser.new_context(**options)  # type: ignore[arg-type]
        context.set_default_timeout(BUSY)
        page = context.new_page()
        self._options[page] = options
        return page

    def give_back(self, page: Page) -> None:
        """Let other tests use a page, without a trace of the last one."""
        options = self._options[page]
        try:
            for other in page.context.pages:
                if other != page:
                    other.close()
            page.unroute_all()
            page.context.clear_permissions()
            page.mouse.move(-9, -9)
            if options.get("java_script_enabled", True) and page.evaluate(_FORGET):
                page.once("dialog", lambda dialog: dialog.accept())
                page.goto("about:blank")
        except Error:
            page.context.close()
        else:
            self._idle[repr(sorted(options.items()))].append(page)


@pytest.fixture(scope="session")
def readers(browser: Browser) -> Readers:
    """The pages of the browser."""
    return Readers(browser)


@pytest.fixture(scope="session")
def address(shipped_build: Path) -> Iterator[str]:
    """The address of the shipped handbook."""
    with served(shipped_build) as url:
        yield url


def _shown(page: Page) -> str:
    """The address of what a page shows: that of a frame if it has one."""
    return page.frames[-1].url


def watch(page: Page, address: str, wrong: list[str]) -> Callable[[], None]:
    """Notes from now on when a page fails, asks another host than that of an address or breaks its policy.

    So it does for a page in a frame of it. Returns a function that ends this.
    """
    host = address.split("/")[2]

    def asked(request: Request) -> None:
        if request.url.split("/")[2] != host and not request.url.startswith("data:"):
            wrong.append(f"{_shown(page)} asked {request.url}")

    def failed(error: Error) -> None:
        wrong.append(f"{_shown(page)} script failed: {error}")

    def said(message: ConsoleMessage) -> None:
        if "Security Policy" in message.text:
            wrong.append(f"{_shown(page)} refused: {message.text}")

    def asks(dialog: Dialog) -> None:
        wrong.append(f"{_shown(page)} dialog: {dialog.message}")
        dialog.dismiss()

    heard = {"request": asked, "pageerror": failed, "console": said, "dialog": asks}
    for event, listener in heard.items():
        page.on(event, listener)  # type: ignore[call-overload]

    def end() -> None:
        for event, listener in heard.items():
            page.remove_listener(event, listener)

    return end


@pytest.fixture
def open_page(browser: Browser, readers: Readers) -> Iterator[OpenPage]:
    """Opens an address as some reader would, who has never been there.

    The test fails when the page fails, asks another host or breaks its policy. A test asks for a `new` page
    where it changes what can't be taken back (the clock, functions of Chromium), or watches what is loaded.
    """
    with ExitStack() as stack:
        wrong: list[str] = []

        def opened(
            url: str,
            *,
            width: int = 1280,
            permissions: list[str] | None = None,
            new: bool = False,
            **options: object,
        ) -> Page:
            size = {"width": width, "height": 900}
            media = {name: str(options.pop(name, value)) for name, value in LIGHT.items()}
            if new:
                page = Readers(browser).take(options)
                stack.callback(page.context.close)
            else:
                page = readers.take(options)
                stack.callback(readers.give_back, page)
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.emulate_media(**media)  # type: ignore[arg-type]
            if permissions:
                page.context.grant_permissions(permissions)
            if "#" in url and page.url.partition("#")[0] == url.partition("#")[0]:
                page.goto("about:blank")  # From there, the page is loaded.
            stack.callback(watch(page, url, wrong))
            page.goto(url)
            if options.get("java_script_enabled", True):
                wait_for_tools(page)
            return page

        yield opened
        assert wrong == []
