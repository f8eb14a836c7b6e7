"""Measures the pages as Lighthouse sees them, and what a first visit weighs; prints a table.

Like every measurement here it fails nothing: a figure out of its budget is printed as such.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from install_browser import find_chromium
from serving import served

ROOT = Path(__file__).parents[1]
LIGHTHOUSE = ROOT / ".venv/node/node_modules/.bin/lighthouse"
PAGES = ("", "tools/", "processes/prd-review/", "checklists/launch/", "templates/prd/")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = 95
"""Points of 100 in each category."""
MOST = 300_000
"""Bytes over the wire of a first visit."""
_FLAGS = "--headless --no-sandbox --disable-gpu --disable-background-networking --no-first-run"


def _looked_at(address: str) -> tuple[list[int], int]:
    """The points of a page in each category, and the bytes it takes."""
    command = [str(LIGHTHOUSE), address, "--output=json", "--output-path=stdout", "--quiet"]
    command += [f"--chrome-flags={_FLAGS}", f"--only-categories={','.join(CATEGORIES)}"]
    environment = {**os.environ, "CHROME_PATH": str(find_chromium())}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    points = [round(100 * (found["categories"][name]["score"] or 0)) for name in CATEGORIES]
    return points, int(found["audits"]["total-byte-weight"]["numericValue"])


def main() -> None:
    """Builds, measures and prints."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        engine = str(Path(sys.executable).with_name("handbook"))
        subprocess.run([engine, "build", "--site-dir", str(site)], cwd=ROOT, check=True)
        rows: list[tuple[str, ...]] = [("page", *CATEGORIES, "bytes", "budget")]
        with served(site) as address:
            for path in PAGES:
                points, weight = _looked_at(address + path)
                kept = min(points) >= LEAST and weight <= MOST
                verdict = "kept" if kept else "OVER BUDGET"
                rows.append((path or "home", *map(str, points), f"{weight:,}", verdict))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    print(f"budget: {LEAST} points in each category, {MOST:,} bytes")


if __name__ == "__main__":
    main()
