"""Measure pages with Lighthouse, the size of a first visit, and the response times of long tables."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from bench_inputs import write_overview
from bench_measure import Measure
from install_browser import find_chromium
from serving import served

ROOT = Path(__file__).parents[1]
NODE = ROOT / ".venv/node/bin/node"
LIGHTHOUSE = ROOT / ".venv/node/node_modules/.bin/lighthouse"
PAGES = (
    "",
    "tools/",
    "tools/amplitude/",
    "processes/prd-review/",
    "checklists/launch/",
    "templates/prd/",
    "metrics/weekly-active-user/",
    "processes/calendar/",
)
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = 97
"""The least points, of 100, in each category."""
MOST = 250
"""The most kilobytes to download on a first visit, or before a table is seen."""
ROWS = (500, 2500, 10_000)
"""The rows of the tables to try. The first is the longest on one page, and the peer of the others."""
_BUDGETED = 2500
"""The most rows with a budget."""
LONGEST = 33
"""The most milliseconds (two frames) to update a table after a key in its filter."""
READY = 1000
"""The most milliseconds until a table can be filtered."""
_VISITS = 5
_TYPE = """async (field, words) => {
  const took = [];
  for (const last of words.keys()) {
    await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
    const began = performance.now();
    field.value = words.slice(0, last + 1).join("");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    document.body.offsetHeight; // lays the page out
    took.push(performance.now() - began);
  }
  return took;
}"""
_FLAGS = "--headless --no-sandbox --disable-gpu --disable-background-networking --no-first-run"


def _looked_at(address: str) -> tuple[list[int], int]:
    """Return the points of a page in each category, and its size in bytes."""
    command = [str(NODE), str(LIGHTHOUSE), address, "--output=json", "--output-path=stdout", "--quiet"]
    command += [f"--chrome-flags={_FLAGS}", f"--only-categories={','.join(CATEGORIES)}"]
    environment = {**os.environ, "CHROME_PATH": str(find_chromium())}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    points = [round(100 * (found["categories"][name]["score"] or 0)) for name in CATEGORIES]
    return points, int(found["audits"]["total-byte-weight"]["numericValue"])


class _Visit(NamedTuple):
    """What a reader of the table of all tools has to wait for: milliseconds and bytes."""

    key: float
    ready: float
    seen: float


def _visit(browser: Browser, address: str) -> _Visit:
    """Return the slowest key in the filter, and what loading the page for the first time costs."""
    page = browser.new_page()
    sizes: dict[str, int] = {}
    page.on(
        "requestfinished", lambda request: sizes.update({request.url: request.sizes()["responseBodySize"]})
    )
    page.goto(f"{address}tools/")
    page.wait_for_selector("[data-hb=table][data-hb-tool=started]")
    ready: float = page.evaluate("performance.now()")
    page.wait_for_load_state("networkidle")
    seen = sum(size for url, size in sizes.items() if "tools/index." not in url)
    field = page.get_by_role("searchbox", name="Filter rows")
    slowest: float = max(field.evaluate(_TYPE, list("linear nothing")))
    page.close()
    return _Visit(slowest, ready, seen)


def _long_tables(folder: Path) -> Iterator[Measure]:
    """Yield what each number of rows costs: the medians of visits that take turns."""
    with ExitStack() as stack:
        sites = {}
        for rows in ROWS:
            _build(write_overview(folder / f"{rows}", rows), folder / f"{rows}/site")
            sites[rows] = stack.enter_context(served(folder / f"{rows}/site"))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=_FLAGS.split())
        turns = [[_visit(browser, address) for address in sites.values()] for _ in range(_VISITS)]
        browser.close()
    for rows, visits in zip(ROWS, zip(*turns, strict=True), strict=True):
        key, ready, seen = (median(values) for values in zip(*visits, strict=True))
        budgets = (LONGEST, READY, MOST) if rows <= _BUDGETED else (None, None, None)
        table = f"a table of {rows:,} rows"
        yield Measure("slowest key in the filter", key, "ms", budgets[0], peer=table, runs=_VISITS)
        yield Measure("until rows can be filtered", ready, "ms", budgets[1], peer=table, runs=_VISITS)
        yield Measure("what is first seen", seen / 1000, "kB", budgets[2], peer=table, runs=_VISITS)


def _build(handbook: Path, site: Path) -> None:
    engine = str(Path(sys.executable).with_name("handbook"))
    subprocess.run([engine, "build", "--site-dir", str(site)], cwd=handbook, check=True)


def pages(folder: Path) -> Iterator[Measure]:
    """Yield the points and the size of each page, and what long tables cost."""
    _build(ROOT, folder / "site")
    with served(folder / "site") as address:
        for path in PAGES:
            points, weight = _looked_at(address + path)
            name = path or "home"
            figures = "  ".join(f"{each} {of}" for each, of in zip(CATEGORIES, points, strict=True))
            yield Measure(name, min(points), "points", LEAST, peer="Lighthouse", figures=figures)
            yield Measure(name, weight / 1000, "kB", MOST, peer="a first visit")
    yield from _long_tables(folder)
