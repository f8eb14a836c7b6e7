"""A server on this machine that stands in for Slack."""

from __future__ import annotations

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class _Server(ThreadingHTTPServer):
    """Waits for its answers when it ends, so that none is left to disturb the next test."""

    daemon_threads = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing of a client that hung up: it may, once it has the status."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Slack:
    """Stands in for Slack: answers as told, and remembers what it was given.

    Attributes:
        answers: What it answers next: a status, with the seconds it asks to wait; the last one for ever.
            0 hangs up without a word.
        given: The messages.
        url: Its address.
    """

    def __init__(self) -> None:
        self.answers: list[tuple[int, str]] = [(200, "")]
        self.given: list[Any] = []
        slack = self

        class Answer(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                slack.given.append(json.loads(self.rfile.read(length)))
                status, pause = slack.answers.pop(0) if len(slack.answers) > 1 else slack.answers[0]
                if not status:
                    return
                self.send_response(status)
                if pause:
                    self.send_header("Retry-After", pause)
                self.end_headers()
                self.wfile.write(b"ok" if status == 200 else b"no_service")

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
                """Says nothing."""

        self._server = _Server(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self._server.server_port}/services/SECRET"
        # Whoever closes it waits until it looks up, which is every half second unless told otherwise.
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        """Ends it."""
        self._server.shutdown()
        self._server.server_close()
