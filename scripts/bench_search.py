"""Measure the search: bytes and time from opening it to the first result, at two sizes of a handbook."""

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
from handbook.publish.contents import write_files
from handbook.publish.search import search_files
from handbook.read.looks import read_looks
from install_browser import find_chromium
from serving import served

QUESTIONS = ("amplitude", "prodctboard", "how do i get access to amplitude", "who owns the activation metric")
"""The first finds a name, the second has a slip, the others are sentences."""
_RUNS = 5
_FLAGS = ("--headless", "--no-sandbox", "--disable-gpu")
_SEARCH = """async (words) => {
  const began = performance.now();
  const { load } = await import(new URL("assets/handbook/search.js", location));
  const { results } = await (await load()).query(words);
  if (!results.length) throw new Error(words);
  const time = performance.now() - began;
  const bytes = performance.getEntriesByType("resource").reduce((sum, each) => sum + each.transferSize, 0);
  return [time, bytes];
}"""


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
                runs.append(page.evaluate(_SEARCH, words))
                page.context.close()
            yield words, median(time for time, _ in runs), max(weight for _, weight in runs)
        browser.close()


def _write(handbook: Handbook, folder: Path) -> Path:
    """Write the search of a handbook and an empty page, without the other pages, and return the folder."""
    assets = read_assets(read_looks({}, {}))
    files = {path: content for path, content in assets.items() if path.endswith(".js")}
    files |= {file.path: file.text.encode() for file in search_files(handbook)}
    write_files(files | {"index.html": b"<!doctype html><title>Search</title>"}, folder)
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
