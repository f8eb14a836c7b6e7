"""A server on this machine that stands in for GitLab."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.conftest import TODAY
from tests.propose.fake_host import TOKEN, FakeHost, Refused, found

USERS = {1: "handbook", 2: "ana", 3: "zoe", 4: "eve"}
LEVELS = {1: 40, 2: 30, 3: 30, 4: 10}


class FakeGitLab(FakeHost):
    """Stands in for GitLab: its paths have the number of the project first, which is no part of the names.

    Attributes:
        issues: The issues by number.
        pulls: The merge requests by number.
        notes: The notes of each issue.
        events: Who has given a label to an issue.
    """

    start = "/projects/{id}"
    token = ("PRIVATE-TOKEN", TOKEN)

    def __init__(self, remote: Path) -> None:
        super().__init__(remote, "gitlab_api.json")
        self.issues: dict[int, dict[str, Any]] = {}
        self.pulls: dict[int, dict[str, Any]] = {}
        self.notes: dict[int, list[dict[str, Any]]] = {}
        self.events: dict[int, list[dict[str, Any]]] = {}

    def add_issue(self, text: str, author: int = 3, labels: Any = (), title: str = "T") -> dict[str, Any]:
        """Someone opens an issue."""
        number = len(self.issues) + 1
        self.issues[number] = {
            "iid": number,
            "title": title,
            "description": text,
            "state": "opened",
            "labels": list(labels),
            "author": {"id": author, "username": USERS[author]},
            "web_url": f"https://gitlab.com/acme/book/-/issues/{number}",
            "created_at": f"{TODAY}T09:00:00.000Z",
        }
        return self.issues[number]

    def label(self, number: int, by: int) -> None:
        """Someone gives an issue the label."""
        self.issues[number]["labels"] = ["proposal"]
        event = {"action": "add", "label": {"name": "proposal"}, "user": {"id": by}}
        self.events.setdefault(number, []).append(event)

    def get_issues(self, query: Mapping[str, str]) -> Any:
        wanted = set(filter(None, query.get("labels", "").split(",")))
        return [
            each
            for each in sorted(self.issues.values(), key=_number, reverse=query.get("sort") != "asc")
            if query.get("state", "all") in (each["state"], "all")
            and query.get("author_username") in (None, each["author"]["username"])
            and query.get("search", "") in each["description"]
            and wanted <= set(each["labels"])
        ]

    def post_issues(self, body: dict[str, Any]) -> Any:
        labels = list(filter(None, body.get("labels", "").split(",")))
        return self.add_issue(body.get("description", ""), 1, labels, body["title"])

    def get_issues_issue_iid(self, number: int, **_query: Any) -> Any:
        return found(self.issues, number)

    def put_issues_issue_iid(self, number: int, body: dict[str, Any]) -> Any:
        return _changed(found(self.issues, number), body)

    def get_issues_issue_iid_notes(self, number: int, **_query: Any) -> Any:
        return self.notes.get(number, [])

    def post_issues_issue_iid_notes(self, number: int, body: dict[str, Any]) -> Any:
        note = {"id": 100 + number, "body": body["body"], "author": {"id": 1}}
        self.notes.setdefault(number, []).append(note)
        return note

    def put_issues_issue_iid_notes_note_id(self, number: int, note: int, body: dict[str, Any]) -> Any:
        (own,) = (each for each in self.notes[number] if each["id"] == note and each["author"]["id"] == 1)
        return _changed(own, body)

    def get_issues_issue_iid_resource_label_events(self, number: int, **_query: Any) -> Any:
        return self.events.get(number, [])

    def get_members_all_user_id(self, user: int, **_query: Any) -> Any:
        return {"id": user, "access_level": found(LEVELS, user)}

    def get_merge_requests(self, query: Mapping[str, str]) -> Any:
        return [
            each
            for each in self.pulls.values()
            if query.get("state", "all") in (each["state"], "all")
            and query.get("source_branch") in (None, each["source_branch"])
        ]

    def post_merge_requests(self, body: dict[str, Any]) -> Any:
        if not {body["source_branch"], body["target_branch"]} <= self.branches():
            raise Refused(400, "branch does not exist")
        if self.get_merge_requests({"state": "opened", "source_branch": body["source_branch"]}):
            raise Refused(409, "Another open merge request already exists for this source branch")
        number = len(self.pulls) + 1
        url = f"https://gitlab.com/acme/book/-/merge_requests/{number}"
        self.pulls[number] = {**body, "iid": number, "state": "opened", "web_url": url}
        return self.pulls[number]

    def put_merge_requests_merge_request_iid(self, number: int, body: dict[str, Any]) -> Any:
        return _changed(found(self.pulls, number), body)

    def get_user(self, **_query: Any) -> Any:
        return {"id": 1, "username": USERS[1]}

    def get_users(self, query: Mapping[str, str]) -> Any:
        return [{"id": user, "username": name} for user, name in USERS.items() if name == query["username"]]


def _number(issue: Mapping[str, Any]) -> int:
    return int(issue["iid"])


def _changed(item: dict[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
    states = {"close": "closed", "reopen": "opened"}
    item.update({name: part for name, part in body.items() if name != "state_event"})
    if "state_event" in body:
        item["state"] = states[body["state_event"]]
    return item
