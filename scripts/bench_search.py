"""Measure the search: bytes and time from its key to the best answer, at two sizes of a handbook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

from playwright.sync_api import sync_playwright

from bench_inputs import ROOT, write_handbook
from bench_measure import Measure
from handbook.loaded.handbook import Handbook, load
from handbook.publish.assets import read_assets
from handbook.publish.made_files import ready, write_files
from handbook.publish.search import search_files
from handbook.read.looks import read_looks
from install_browser import find_chromium
from serving import served

QUESTIONS = ("amplitude", "prodctboard", "how do i get access to amplitude", "who owns the activation metric")
"""The first finds a name, the second has a slip, the others are sentences."""
_RUNS = 5
_FLAGS = ("--headless", "--no-sandbox", "--disable-gpu")
_PAGE = """<!doctype html><meta charset="utf-8"><title>Search</title>
<link rel="stylesheet" href="assets/handbook/handbook.css">
<a data-hb="find" href="#">Search</a>
<script src="assets/handbook/handbook.js" type="module"></script>"""
_SEARCH = """(words) => new Promise((resolve) => {
  const began = performance.now();
  let isTyped = false;
  const observer = new MutationObserver(() => {
    const field = document.querySelector(".hb-find input");
    if (field && !isTyped) {
      isTyped = true;
      field.value = words;
      field.dispatchEvent(new InputEvent("input"));
    }
    if (!document.querySelector(".hb-find__best")) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => {
      const asked = performance.getEntriesByType("resource").filter(({ startTime }) => startTime >= began);
      resolve([performance.now() - began, asked.reduce((sum, { transferSize }) => sum + transferSize, 0)]);
    }));
  });
  observer.observe(document.body, { childList: true, subtree: true });
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "/", cancelable: true }));
})"""
"""Opens the search of a page that has just loaded, types at once, and waits for the best answer."""


class Size(NamedTuple):
    """A size of a handbook with its budget.

    Attributes:
        entries: The number of tools; 0 for the shipped handbook, which has about 200 entries.
        milliseconds: The most milliseconds to the first result.
        kilobytes: The most kilobytes over the wire, compressed.
    """

    entries: int
    milliseconds: int
    kilobytes: int


SIZES = (Size(0, 150, 150), Size(10_000, 300, 300))


def _measured(address: str) -> Iterator[tuple[str, float, int]]:
    """Yield the median time and the bytes of each question, in browsers that have stored nothing."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=_FLAGS)
        for words in QUESTIONS:
            runs = []
            for _ in range(_RUNS):
                page = browser.new_context().new_page()
                page.goto(address)
                page.wait_for_selector("button[data-hb-search]")
                runs.append(page.evaluate(_SEARCH, words))
                page.context.close()
            yield words, median(time for time, _ in runs), max(weight for _, weight in runs)
        browser.close()


def _write(handbook: Handbook, folder: Path) -> Path:
    """Write the search of a handbook and one page that opens it, and return the folder."""
    assets = read_assets(read_looks({}, {}))
    files = {file.path: file.text.encode() for file in search_files(handbook)}
    write_files(ready(assets | files | {"index.html": _PAGE.encode()}), folder)
    return folder


def searches(folder: Path) -> Iterator[Measure]:
    """Yield the time to the first result of each question, and the bytes of the largest, at each size."""
    for size in SIZES:
        place = folder / f"search-{size.entries}"
        handbook = load(write_handbook(place / "handbook", size.entries) if size.entries else ROOT)
        entries = f"{sum(1 for _ in handbook.catalogue.all()):,} entries"
        with served(_write(handbook, place / "site")) as address:
            found = list(_measured(address))
        for words, time, _ in found:
            yield Measure(f"search `{words}`", time, "ms", size.milliseconds, peer=entries, runs=_RUNS)
        largest = max(weight for _, _, weight in found)
        yield Measure("search, over the wire", largest / 1000, "kB", size.kilobytes, peer=entries)
