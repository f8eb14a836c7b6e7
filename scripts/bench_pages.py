"""Measure pages with Lighthouse, the size of a first visit, and the response time of a long table.

Exceeding a budget is reported but is not a failure.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench_inputs import write_handbook
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
ROWS = 500
LONGEST = 33
"""The most milliseconds (two frames) to update a table of this many rows after a key in its filter."""
_TYPE = """(field, words) => Array.from(words, (_, last) => {
  const began = performance.now();
  field.value = words.slice(0, last + 1);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  document.body.offsetHeight; // lays the page out
  return performance.now() - began;
})"""
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


def _slowest_key(address: str) -> float:
    """Return the milliseconds of the slowest key in the filter of the table of all tools."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=_FLAGS.split())
        page = browser.new_page()
        page.goto(f"{address}tools/")
        field = page.get_by_role("searchbox", name="Filter rows")
        slowest: float = max(field.evaluate(_TYPE, "linear nothing"))
        browser.close()
    return slowest


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
        _build(write_handbook(folder / "long", ROWS), folder / "long/site")
        with served(folder / "long/site") as address:
            slowest = _slowest_key(address)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    print(f"budget: {LEAST} points in each category, {MOST:,} bytes")
    verdict = _verdict(kept=slowest <= LONGEST)
    print(f"slowest key in the filter of {ROWS} tools: {slowest:.0f} ms; budget: {LONGEST} ms, {verdict}")


if __name__ == "__main__":
    main()
