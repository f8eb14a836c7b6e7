"""Measure pages with Lighthouse, the size of a first visit, and the response times of long tables.

Exceeding a budget is reported but is not a failure.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from bench_inputs import write_overview
from install_browser import find_chromium
from serving import served

ROOT = Path(__file__).parents[1]
NODE = ROOT / ".venv/node/bin/node"
LIGHTHOUSE = ROOT / ".venv/node/node_modules/.bin/lighthouse"
PAGES = ("", "tools/", "processes/prd-review/", "checklists/launch/", "templates/prd/")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = 95
"""The least points, of 100, in each category."""
MOST = 300_000
"""The most bytes to download on a first visit."""
ROWS = (500, 2500, 10_000)
"""The rows of the tables to try. The first is the longest on one page, and the peer of the others."""
_BUDGETED = 2500
"""The most rows with a budget."""
LONGEST = 33
"""The most milliseconds (two frames) to update a table after a key in its filter."""
READY = 1000
"""The most milliseconds until a table can be filtered."""
SEEN = 250_000
"""The most bytes to download before a table is seen, without the rows of its other pages."""
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


def _long_tables(folder: Path) -> Iterator[str]:
    """Yield a line for each number of rows: the medians of visits that take turns."""
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
        kept = key <= LONGEST and ready <= READY and seen <= SEEN
        verdict = _verdict(kept=kept) if rows <= _BUDGETED else "no budget"
        figures = f"slowest key {key:.0f} ms  ready {ready:,.0f} ms  seen {seen:,.0f} bytes"
        yield f"{rows:>6,} tools  {figures}  {verdict}"


def _build(handbook: Path, site: Path) -> None:
    engine = str(Path(sys.executable).with_name("handbook"))
    subprocess.run([engine, "build", "--site-dir", str(site)], cwd=handbook, check=True)


def _verdict(*, kept: bool) -> str:
    return "kept" if kept else "OVER BUDGET"


def main() -> None:
    """Build the site, measure its pages and print the results."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _build(ROOT, folder / "site")
        rows: list[tuple[str, ...]] = [("page", *CATEGORIES, "bytes", "budget")]
        with served(folder / "site") as address:
            for path in PAGES:
                points, weight = _looked_at(address + path)
                kept = min(points) >= LEAST and weight <= MOST
                rows.append((path or "home", *map(str, points), f"{weight:,}", _verdict(kept=kept)))
        tables = list(_long_tables(folder))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    print(f"budget: {LEAST} points in each category, {MOST:,} bytes")
    print(*tables, sep="\n")
    print(f"budget: {LONGEST} ms for each key, {READY:,} ms until ready, {SEEN:,} bytes")


if __name__ == "__main__":
    main()
