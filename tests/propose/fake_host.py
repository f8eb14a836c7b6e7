"""A server on this machine that stands in for a host, and refuses what the description of its API refuses."""

from __future__ import annotations

import json
import re
import subprocess
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from jsonschema import Draft202012Validator

TOKEN = "ghs_SECRET"  # noqa: S105 - of no one
_MOST = {"title": 255, "body": 65_536, "description": 1_048_576}


class Refused(Exception):  # noqa: N818 - an answer
    """What the host answers instead."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class FakeHost:
    """Stands in for a host. A method for each call has its method and the words of its path as its name.

    Attributes:
        calls: The calls that changed something.
        refused: What was refused.
        url: Its address.
    """

    start: str
    """The start of all paths, before the words that name the methods."""
    token: tuple[str, str]
    """The header with the token."""
    statuses: Mapping[str, int] = {"GET": 200, "POST": 201, "PATCH": 200, "PUT": 200}

    def __init__(self, remote: Path, description: str) -> None:
        self.remote = remote
        text = (Path(__file__).parent / description).read_text(encoding="utf-8")
        self._described: dict[str, Any] = json.loads(text)["calls"]
        self.calls: list[str] = []
        self.refused: list[str] = []
        host = self

        class Answer(BaseHTTPRequestHandler):
            def answer(self) -> None:
                length = int(self.headers["Content-Length"] or 0)
                text = self.rfile.read(length)
                try:
                    given = json.loads(text) if text else None
                    status, value = host.handle(self.command, self.path, given, dict(self.headers))
                except Refused as error:
                    host.refused.append(f"{self.command} {self.path}: {error}")
                    status, value = error.status, {"message": str(error)}
                data = json.dumps(value).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = answer  # noqa: N815 - the library's names

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        """Ends it."""
        self._server.shutdown()
        self._server.server_close()

    def handle(self, method: str, target: str, body: Any, headers: Mapping[str, str]) -> tuple[int, Any]:
        """Answers a call."""
        parts = urlsplit(target)
        path = unquote(parts.path)
        name, value = self.token
        if {each.lower(): part for each, part in headers.items()}.get(name.lower()) != value:
            raise Refused(401, "Bad credentials")
        for call in self._described:
            verb, _, pattern = call.partition(" ")
            match = re.fullmatch(re.sub(r"\\\{\w+\\\}", "([^/]+)", re.escape(pattern)), path)
            if verb == method and match:
                break
        else:
            raise Refused(404, f"Not Found: {method} {path}")
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        _check(self._described[call], query, body)
        if method != "GET":
            self.calls.append(call)
        words = re.findall(r"\w+", pattern.removeprefix(self.start))
        before = self.start.count("{") if pattern.startswith(self.start) else 0
        numbers = [int(part) for part in match.groups()[before:]]
        given = {"query": query} if method == "GET" else {"body": body}
        found = getattr(self, "_".join([method.lower(), *words]))(*numbers, **given)
        return self.statuses[method], _page(found, query) if isinstance(found, list) else found

    def branches(self) -> set[str]:
        """The branches of the repository."""
        words = ["git", "-C", str(self.remote), "for-each-ref", "--format=%(refname:short)", "refs/heads"]
        return set(subprocess.run(words, capture_output=True, text=True, check=True).stdout.split())


def _check(call: dict[str, Any], query: Mapping[str, str], body: Any) -> None:
    """Refuses what the description of the API does not have."""
    if unknown := query.keys() - call["query"].keys():
        raise Refused(422, f"unknown parameters {unknown}")
    for name, value in query.items():
        schema = call["query"][name]
        given: Any = int(value) if schema.get("type") == "integer" and value.isdigit() else value
        if not Draft202012Validator(schema).is_valid(given):
            raise Refused(422, f"invalid parameter {name}")
    if (call["body"] is None) != (body is None):
        raise Refused(422, "a body is missing, or too much")
    if body is None:
        return
    for error in Draft202012Validator({**call["body"], "additionalProperties": False}).iter_errors(body):
        raise Refused(422, error.message)
    for name, most in _MOST.items():
        if len(str(body.get(name) or "")) > most:
            raise Refused(422, f"{name} is too long (maximum is {most} characters)")


def _page(items: list[Any], query: Mapping[str, str]) -> list[Any]:
    size, page = int(query.get("per_page", 30)), int(query.get("page", 1))
    return items[(page - 1) * size : page * size]


def found(items: Mapping[int, Any], number: int) -> Any:
    """Returns an item, if it is there."""
    if number not in items:
        raise Refused(404, "Not Found")
    return items[number]
