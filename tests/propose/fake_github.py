"""A server on this machine that stands in for GitHub."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.conftest import TODAY
from tests.propose.fake_host import TOKEN, FakeHost, Refused, found


class FakeGitHub(FakeHost):
    """Stands in for GitHub.

    Attributes:
        issues: The issues by number.
        pulls: The pull requests by number.
        comments: The comments of each issue.
        reviewers: Who can be asked for a review.
        is_forbidden: Whether the workflow can't open pull requests.
        asked: Who was asked, by the number of the pull request.
    """

    start = "/repos/{owner}/{repo}"
    token = ("Authorization", f"Bearer {TOKEN}")

    def __init__(self, remote: Path) -> None:
        super().__init__(remote, "github_api.json")
        self.issues: dict[int, dict[str, Any]] = {}
        self.pulls: dict[int, dict[str, Any]] = {}
        self.comments: dict[int, list[dict[str, Any]]] = {}
        self.reviewers = {"ana"}
        self.is_forbidden = False
        self.asked: dict[int, list[str]] = {}

    def get_issues(self, query: dict[str, str]) -> Any:
        return [
            each
            for each in sorted(self.issues.values(), key=lambda each: -each["number"])
            if query.get("state", "open") in (each["state"], "all")
            and query.get("creator") in (None, each["user"]["login"])
            and set(filter(None, query.get("labels", "").split(",")))
            <= {label["name"] for label in each["labels"]}
        ]

    def post_issues(self, body: dict[str, Any]) -> Any:
        return self.add_issue(
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
            "created_at": f"{TODAY}T09:00:00Z",
        }
        return self.issues[number]

    def patch_issues_issue_number(self, number: int, body: dict[str, Any]) -> Any:
        issue = found(self.issues, number)
        labels = {"labels": [{"name": each} for each in body["labels"]]} if "labels" in body else {}
        issue.update(body | labels)
        return issue

    def get_issues_issue_number_comments(self, number: int, **_query: Any) -> Any:
        found(self.issues, number)
        return self.comments.get(number, [])

    def post_issues_issue_number_comments(self, number: int, body: dict[str, Any]) -> Any:
        found(self.issues, number)
        comment = {
            "id": 1000 + sum(map(len, self.comments.values())),
            "body": body["body"],
            "user": {"type": "Bot"},
        }
        self.comments.setdefault(number, []).append(comment)
        return comment

    def patch_issues_comments_comment_id(self, number: int, body: dict[str, Any]) -> Any:
        comments = {each["id"]: each for some in self.comments.values() for each in some}
        found(comments, number).update(body)
        return comments[number]

    def get_pulls(self, query: dict[str, str]) -> Any:
        return [
            each
            for each in self.pulls.values()
            if query.get("state", "open") in (each["state"], "all")
            and query.get("head") in (None, f"acme:{each['head']['ref']}")
        ]

    def post_pulls(self, body: dict[str, Any]) -> Any:
        if self.is_forbidden:
            raise Refused(403, "GitHub Actions is not permitted to create or approve pull requests.")
        if not {body["head"], body["base"]} <= self.branches():
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
        return self.pulls[number]

    def patch_pulls_pull_number(self, number: int, body: dict[str, Any]) -> Any:
        found(self.pulls, number).update(body)
        return self.pulls[number]

    def post_pulls_pull_number_requested_reviewers(self, number: int, body: dict[str, Any]) -> Any:
        names = [*body.get("reviewers", []), *body.get("team_reviewers", [])]
        if not set(names) <= self.reviewers:
            raise Refused(422, "Reviews may only be requested from collaborators")
        self.asked.setdefault(number, []).extend(names)
        return found(self.pulls, number)
