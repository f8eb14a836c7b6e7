"""A server on this machine that stands in for GitHub, and refuses what its description of the API refuses."""

from __future__ import annotations

import json
import re
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from jsonschema import Draft202012Validator

CALLS = json.loads((Path(__file__).parent / "github_api.json").read_text(encoding="utf-8"))["calls"]
_PATTERNS = [
    (verb, re.compile(re.sub(r"\\\{\w+\\\}", "([^/]+)", re.escape(path))), f"{verb} {path}")
    for verb, path in (name.split(" ") for name in CALLS)
]
TOKEN = "ghs_SECRET"  # noqa: S105 - of no one
_MOST = {"title": 256, "body": 65_536}


class Refused(Exception):  # noqa: N818 - an answer
    """What GitHub answers instead."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class FakeGitHub:
    """Stands in for GitHub.

    Attributes:
        issues: The issues by number.
        pulls: The pull requests by number.
        comments: The comments of each issue.
        reviewers: Who can be asked for a review.
        asked: Who was asked, by the number of the pull request.
        calls: The calls that changed something.
        refused: What was refused for its form.
        url: Its address.
    """

    def __init__(self, remote: Path) -> None:
        self.remote = remote
        self.issues: dict[int, dict[str, Any]] = {}
        self.pulls: dict[int, dict[str, Any]] = {}
        self.comments: dict[int, list[dict[str, Any]]] = {}
        self.reviewers = {"ana"}
        self.asked: dict[int, list[str]] = {}
        self.calls: list[str] = []
        self.refused: list[str] = []
        github = self

        class Answer(BaseHTTPRequestHandler):
            def answer(self) -> None:
                length = int(self.headers["Content-Length"] or 0)
                text = self.rfile.read(length)
                try:
                    status, value = github.handle(
                        self.command, self.path, json.loads(text) if text else None, dict(self.headers)
                    )
                except Refused as error:
                    github.refused.append(f"{self.command} {self.path}: {error}")
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

    def handle(self, method: str, target: str, body: Any, headers: dict[str, str]) -> tuple[int, Any]:
        """Answers a call."""
        parts = urlsplit(target)
        path = unquote(parts.path)
        if headers.get("Authorization") != f"Bearer {TOKEN}" or not headers.get("User-Agent"):
            raise Refused(401, "Bad credentials")
        matching = [
            (match, name)
            for verb, pattern, name in _PATTERNS
            if verb == method and (match := pattern.fullmatch(path))
        ]
        if not matching:
            raise Refused(404, "Not Found")
        match, name = matching[0]
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        _check(CALLS[name], query, body)
        if method != "GET":
            self.calls.append(name)
        numbers = [int(part) for part in match.groups()[2:]]
        status, value = getattr(self, _name_of(name))(
            *numbers, **({"query": query} if method == "GET" else {"body": body})
        )
        assert str(status) in CALLS[name]["statuses"]
        return status, value

    def get_issues(self, query: dict[str, str]) -> tuple[int, Any]:
        found = [
            each
            for each in sorted(self.issues.values(), key=lambda each: -each["number"])
            if query.get("state", "open") in (each["state"], "all")
            and query.get("creator") in (None, each["user"]["login"])
            and set(filter(None, query.get("labels", "").split(",")))
            <= {label["name"] for label in each["labels"]}
        ]
        return 200, _page(found, query)

    def post_issues(self, body: dict[str, Any]) -> tuple[int, Any]:
        return 201, self.add_issue(
            body["title"], body.get("body", ""), labels=body.get("labels", ()), author="github-actions[bot]"
        )

    def add_issue(self, title: str, body: str, labels: Any = (), author: str = "zoe") -> dict[str, Any]:
        """Someone opens an issue."""
        number = len(self.issues) + len(self.pulls) + 1
        self.issues[number] = {
            "number": number,
            "title": title,
            "body": body,
            "state": "open",
            "labels": [{"name": each} for each in labels],
            "user": {"login": author, "type": "Bot" if author.endswith("[bot]") else "User"},
            "html_url": f"https://github.com/acme/book/issues/{number}",
        }
        return self.issues[number]

    def patch_issues_issue_number(self, number: int, body: dict[str, Any]) -> tuple[int, Any]:
        issue = _found(self.issues, number)
        labels = {"labels": [{"name": each} for each in body["labels"]]} if "labels" in body else {}
        issue.update(body | labels)
        return 200, issue

    def get_issues_issue_number_comments(self, number: int, query: dict[str, str]) -> tuple[int, Any]:
        _found(self.issues, number)
        return 200, _page(self.comments.get(number, []), query)

    def post_issues_issue_number_comments(self, number: int, body: dict[str, Any]) -> tuple[int, Any]:
        _found(self.issues, number)
        comment = {
            "id": 1000 + sum(map(len, self.comments.values())),
            "body": body["body"],
            "user": {"type": "Bot"},
        }
        self.comments.setdefault(number, []).append(comment)
        return 201, comment

    def patch_issues_comments_comment_id(self, number: int, body: dict[str, Any]) -> tuple[int, Any]:
        comments = {each["id"]: each for listed in self.comments.values() for each in listed}
        _found(comments, number).update(body)
        return 200, comments[number]

    def get_pulls(self, query: dict[str, str]) -> tuple[int, Any]:
        found = [
            each
            for each in self.pulls.values()
            if query.get("state", "open") in (each["state"], "all")
            and query.get("head") in (None, f"acme:{each['head']['ref']}")
        ]
        return 200, _page(found, query)

    def post_pulls(self, body: dict[str, Any]) -> tuple[int, Any]:
        heads = subprocess.run(
            ["git", "-C", self.remote, "for-each-ref", "--format=%(refname:short)", "refs/heads"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        if not {body["head"], body["base"]} <= set(heads):
            raise Refused(422, "Validation Failed")
        if any(
            each["head"]["ref"] == body["head"] and each["state"] == "open" for each in self.pulls.values()
        ):
            raise Refused(422, "A pull request already exists")
        number = len(self.issues) + len(self.pulls) + 1
        self.pulls[number] = {
            **{name: body[name] for name in ("title", "body")},
            "number": number,
            "state": "open",
            "head": {"ref": body["head"]},
            "html_url": f"https://github.com/acme/book/pull/{number}",
        }
        return 201, self.pulls[number]

    def patch_pulls_pull_number(self, number: int, body: dict[str, Any]) -> tuple[int, Any]:
        _found(self.pulls, number).update(body)
        return 200, self.pulls[number]

    def post_pulls_pull_number_requested_reviewers(
        self, number: int, body: dict[str, Any]
    ) -> tuple[int, Any]:
        names = [*body.get("reviewers", []), *body.get("team_reviewers", [])]
        if not set(names) <= self.reviewers:
            raise Refused(422, "Reviews may only be requested from collaborators")
        self.asked.setdefault(number, []).extend(names)
        return 201, _found(self.pulls, number)


def _name_of(call: str) -> str:
    method, _, path = call.partition(" ")
    words = re.findall(r"\w+", path.removeprefix("/repos/{owner}/{repo}/"))
    return "_".join([method.lower(), *words])


def _check(call: dict[str, Any], query: dict[str, str], body: Any) -> None:
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


def _page(items: list[Any], query: dict[str, str]) -> list[Any]:
    size, page = int(query.get("per_page", 30)), int(query.get("page", 1))
    return items[(page - 1) * size : page * size]


def _found(items: dict[int, Any], number: int) -> Any:
    if number not in items:
        raise Refused(404, "Not Found")
    return items[number]
