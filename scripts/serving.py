"""Serve a built site locally and compressed, like a web host."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".txt", ".xml")


@cache
def _compress(path: Path, changed: int) -> bytes:  # noqa: ARG001 - a changed file counts as another one
    return gzip.compress(path.read_bytes(), mtime=0)


class _Host(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # A connection for several files, as hosts allow.
    disable_nagle_algorithm = True  # Otherwise, a body waits up to 40 ms for the receipt of its headers.

    def handle(self) -> None:
        """Answer requests of readers, who can leave before the response is complete."""
        with suppress(ConnectionError):
            super().handle()

    def end_headers(self) -> None:
        """Let readers keep what all pages share, as hosts do."""
        if "/assets/" in self.path:
            self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
        """Log nothing."""

    def do_GET(self) -> None:
        """Send a file, redirect to a folder that lacks its slash, or report a missing page."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.partition("?")[0].endswith("/"):
            path = path / "index.html"
        is_there = path.exists()
        if not is_there:
            path = Path(self.directory) / "404.html"
        if not path.is_file() or path.suffix not in _COMPRESSED:
            super().do_GET()
            return
        body = _compress(path, path.stat().st_mtime_ns)
        self.send_response(HTTPStatus.OK if is_there else HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder and yield its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
