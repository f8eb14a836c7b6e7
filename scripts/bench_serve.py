"""Measure how long `handbook serve` takes from a saved file to the new text in the reader's browser."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright

from bench_inputs import TOOLS, write_copy, write_handbook
from bench_measure import Measure
from install_browser import find_chromium

_EDITS = 5
_LONGEST_START = 600
"""The most seconds until the site is served."""
_PAGE = "tools/linear/"
_SUMMARY = "\n    summary: "
_FLAGS = ("--headless", "--no-sandbox", "--disable-gpu")
_HAS_TEXT = "(word) => document.querySelector('article')?.textContent.includes(word)"
_HAS_PROBLEM = "(expected) => Boolean(document.querySelector('hb-problems')) === expected"


class Size(NamedTuple):
    """A size of a handbook with its budget.

    Attributes:
        tools: The number of tools; 0 for the shipped handbook.
        seconds: The most seconds that an edit may take; `None` if it is only printed.
    """

    tools: int
    seconds: float | None


SIZES = (Size(0, 0.5), Size(1_000, 1), Size(2_500, 2), Size(10_000, None))


def edits(folder: Path) -> Iterator[Measure]:
    """Yield how long the new text, a new finding and its end take to be seen, at each size."""
    for tools, longest in SIZES:
        place = folder / f"served-{tools}"
        site = write_handbook(place, tools) if tools else write_copy(place)
        with _served(site) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=_FLAGS)
            page = browser.new_page()
            page.goto(address + _PAGE)
            waits = [*_edited(page, site / TOOLS)]
            browser.close()
        peer = f"{tools:,} tools" if tools else "the shipped handbook"
        names = ("edit to the new text", "mistake to its finding", "correction to no finding")
        for name, (first, *others) in zip(names, zip(*waits, strict=True), strict=True):
            figures = f"first {first:.2f} s, slowest {max(others):.2f} s"
            yield Measure(name, median(others), "s", longest, peer=peer, figures=figures, runs=len(others))


def _edited(page: Page, source: Path) -> Iterator[tuple[float, float, float]]:
    """Yield the seconds until a new text, a finding, and its end are seen, for each round of edits."""
    text = source.read_text(encoding="utf-8")
    before, entry, after = text.partition("id: linear\n")
    for number in range(_EDITS + 1):
        word = f"Edit{number}"
        edited = before + entry + after.replace(_SUMMARY, f"{_SUMMARY}{word} ", 1)
        wrong = edited.replace("\n    status: ", "\n    status: un", 1)
        yield (
            _wait(page, source, edited, _HAS_TEXT, word),
            _wait(page, source, wrong, _HAS_PROBLEM, expected=True),
            _wait(page, source, edited, _HAS_PROBLEM, expected=False),
        )


def _wait(page: Page, source: Path, text: str, condition: str, expected: object) -> float:
    """Save a text and return the seconds until the page meets a condition."""
    began = time.perf_counter()
    source.write_text(text, encoding="utf-8")
    page.wait_for_function(condition, arg=expected, timeout=60_000)
    took = time.perf_counter() - began
    page.wait_for_timeout(1_000)  # What the server does after it has answered belongs to no other edit.
    return took


@contextmanager
def _served(site: Path) -> Iterator[str]:
    """Serve a handbook as its writers do, and yield the address once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    engine = str(Path(sys.executable).with_name("handbook"))
    server = subprocess.Popen(
        [engine, "serve", "--port", str(port)],
        cwd=site,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}/"
        _await_answer(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(30)


def _await_answer(address: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers.

    Raises:
        SystemExit: It ended, or took too long.
    """
    latest = time.monotonic() + _LONGEST_START
    while time.monotonic() < latest and server.poll() is None:
        try:
            with urlopen(address, timeout=60):  # noqa: S310 - the server that was just started
                return
        except (URLError, ConnectionError):
            time.sleep(0.2)
    sys.exit(f"handbook serve did not answer at {address}")
