"""Measures the pages as Lighthouse sees them, and what a first visit weighs; prints two tables.

The handbook is built and served from this machine, compressed as hosts do it. Like every measurement here it
fails nothing: a figure out of its budget is printed as such.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from install_browser import find_chromium

ROOT = Path(__file__).parents[1]
LIGHTHOUSE = ROOT / ".venv/node/node_modules/.bin/lighthouse"
PAGES = ("", "tools/", "processes/prd-review/", "checklists/launch/", "templates/prd/")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = 95
"""Points of 100 in each category."""
MOST = 300_000
"""Bytes over the wire of a first visit."""
_FLAGS = "--headless --no-sandbox --disable-gpu --disable-background-networking --no-first-run"
_COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".txt", ".xml")


class _Compressing(SimpleHTTPRequestHandler):
    """Serves files as a host does: compressed, and to be kept."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
        """Says nothing."""

    def do_GET(self) -> None:
        """Sends a file."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Cache-Control", "max-age=31536000")
        if path.suffix in _COMPRESSED:
            body = gzip.compress(body, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def _served(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Compressing, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


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
        with _served(site) as address:
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
