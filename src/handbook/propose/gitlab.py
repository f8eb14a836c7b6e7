"""GitLab, by its REST API."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlencode

from handbook.base.errors import HandbookError
from handbook.base.language import N_, _
from handbook.propose.calling import Api, CallError
from handbook.propose.event import BRANCH, LABEL, Issue
from handbook.propose.gaps import Titled
from handbook.propose.host import ANSWER, Filed, Pull
from handbook.read.values import as_mapping
from handbook.write.parcel import has_parcel

_DEVELOPER = 30
"""The access level from which on someone is a member: less can open issues only."""

_MOST_OF_A_TITLE = 255
_NOT_FOUND = 404
_BRANCH = re.compile(rf"{BRANCH}([1-9][0-9]{{0,17}})")


class GitLab:
    """A project on GitLab."""

    pull_name = N_("merge request")

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Take what a pipeline has in its environment, and the access token in `GITLAB_TOKEN`.

        Raises:
            HandbookError: A variable is missing.
        """
        names = ("CI_API_V4_URL", "CI_PROJECT_ID", "GITLAB_TOKEN")
        if missing := [name for name in names if not environment.get(name)]:
            raise HandbookError(f"Set {' and '.join(missing)}, as in the job `propose` of .gitlab-ci.yml")
        self._path = f"/projects/{quote(environment['CI_PROJECT_ID'], safe='')}"
        self._site = environment.get("CI_PROJECT_URL", "")
        self._base = environment.get("CI_DEFAULT_BRANCH") or "main"
        headers = {"PRIVATE-TOKEN": environment["GITLAB_TOKEN"], "User-Agent": "handbook"}
        self._api = Api(environment["CI_API_V4_URL"], headers)
        self._states: dict[int, str] = {}

    def proposals(self) -> Iterator[Issue]:
        """Yield the open issues with a proposal, the oldest first."""
        for each in self._open(sort="asc", order_by="created_at"):
            author = as_mapping(each.get("author"))
            number, text = each["iid"], each["description"]
            is_trusted = self._is_member(author.get("id")) or self._is_labelled(each)
            self._states[number] = sha256(f"{is_trusted}\n{text}".encode()).hexdigest()[:16]
            yield Issue(number, text, "", str(author.get("username")), is_trusted=is_trusted)

    def is_answered(self, number: int) -> bool:
        """Return whether the answer in an issue is one to its current text."""
        note = self._answer(number)
        return bool(note) and note["body"].startswith(f"{ANSWER} {self._states[number]} ")

    def closed(self) -> Iterator[int]:
        """Yield the numbers of the closed issues whose merge request is still open."""
        for each in self._api.all(f"{self._path}/merge_requests", state="opened"):
            branch = _BRANCH.fullmatch(str(each.get("source_branch")))
            if branch and self._api.call("GET", f"{self._path}/issues/{branch[1]}")["state"] == "closed":
                yield int(branch[1])

    def is_declined(self, branch: str) -> bool:
        """Return whether the last merge request of a branch was closed without a merge."""
        found = self._api.all(f"{self._path}/merge_requests", source_branch=branch, state="all")
        return bool(found) and max(found, key=lambda each: int(each["iid"]))["state"] == "closed"

    def decline(self, number: int) -> None:
        """Close an issue whose merge request was closed."""
        self._states[number] = "declined"
        closed = _("The merge request with this proposal was closed without a merge.")
        self.answer(number, f"{closed} {_('Its discussion says why.')}")
        self._api.call("PUT", f"{self._path}/issues/{number}", {"state_event": "close"})

    def open_proposals(self, author: str) -> Mapping[int, str]:
        """Return the texts of the open issues of an author with a proposal, by their numbers."""
        return {each["iid"]: each["description"] for each in self._open(author_username=author)}

    def answer(self, number: int, text: str) -> None:
        """Write or update the one answer in an issue."""
        path = f"{self._path}/issues/{number}/notes"
        body = f"{ANSWER} {self._states.get(number, '')} -->\n{text}"
        note = self._answer(number)
        if note is None:
            self._api.call("POST", path, {"body": body})
        elif note["body"] != body:
            self._api.call("PUT", f"{path}/{note['id']}", {"body": body})

    def filed(self, label: str) -> Sequence[Filed]:
        """Return the open and closed issues with a label, by the user of the token: guests can set labels."""
        found = self._api.all(f"{self._path}/issues", labels=label, scope="all")
        return [_filed(each) for each in found if as_mapping(each.get("author")).get("id") == self._own_id]

    def file(self, title: str, text: str, label: str) -> int:
        """Open an issue and return its number."""
        body = {"title": title[:_MOST_OF_A_TITLE], "description": text, "labels": label}
        return int(self._api.call("POST", f"{self._path}/issues", body)["iid"])

    def refile(self, number: int, title: str, text: str) -> None:
        """Give an issue another title and text."""
        body = {"title": title[:_MOST_OF_A_TITLE], "description": text}
        self._api.call("PUT", f"{self._path}/issues/{number}", body)

    def settle(self, number: int) -> None:
        """Close an issue as done."""
        self._api.call("PUT", f"{self._path}/issues/{number}", {"state_event": "close"})

    def titled(self) -> Sequence[Titled]:
        """Return the latest issues, open and closed."""
        found = self._api.all(f"{self._path}/issues", scope="all")
        return [Titled(each["iid"], each["title"], each["state"] == "opened") for each in found]

    def close_duplicate(self, number: int) -> None:
        """Close an issue as a duplicate."""
        self.settle(number)

    def find_pull(self, branch: str) -> Pull | None:
        """Return the open merge request of a branch."""
        found = self._api.all(f"{self._path}/merge_requests", source_branch=branch, state="opened")
        return next((_pull(each) for each in found), None)

    def open_pull(self, branch: str, title: str, text: str) -> Pull:
        """Open a merge request for a branch."""
        body = {"source_branch": branch, "target_branch": self._base, "title": title, "description": text}
        path = f"{self._path}/merge_requests"
        return _pull(self._api.call("POST", path, {**body, "remove_source_branch": True}))

    def form_of(self, branch: str) -> str:
        """Return the address at which someone can open a merge request for a branch."""
        query = urlencode({"merge_request[source_branch]": branch})
        return f"{self._site}/-/merge_requests/new?{query}"

    def update_pull(self, pull: Pull, title: str, text: str) -> None:
        """Give a merge request another title and text."""
        if (pull.title, pull.text) != (title, text):
            self._change(pull, {"title": title, "description": text})

    def close_pull(self, pull: Pull) -> None:
        """Close a merge request."""
        self._change(pull, {"state_event": "close"})

    def ask_reviewers(self, pull: Pull, names: Sequence[str]) -> None:
        """Ask people for a review. Groups, and people who are no members, can't be asked."""
        found = [each["id"] for name in names for each in self._api.call("GET", "/users", username=name)]
        if found:
            # Some plans allow one reviewer only.
            with suppress(CallError):
                self._change(pull, {"reviewer_ids": found})

    def _change(self, pull: Pull, body: Mapping[str, Any]) -> None:
        self._api.call("PUT", f"{self._path}/merge_requests/{pull.number}", dict(body))

    def _open(self, **query: str) -> list[Any]:
        """Return the open issues with a proposal."""
        about: dict[str, Any] = {"state": "opened", "search": "handbook", "in": "description", **query}
        found = self._api.all(f"{self._path}/issues", **about)
        return [each for each in found if has_parcel(each.get("description") or "")]

    def _is_member(self, user: Any) -> bool:
        try:
            found = self._api.call("GET", f"{self._path}/members/all/{int(user)}")
        except CallError as error:
            if error.status == _NOT_FOUND:
                return False
            raise
        return int(found["access_level"]) >= _DEVELOPER

    def _is_labelled(self, issue: Mapping[str, Any]) -> bool:
        """Return whether a member has added the label: guests can give one to their own new issue."""
        if LABEL not in issue.get("labels", ()):
            return False
        events = self._api.all(f"{self._path}/issues/{issue['iid']}/resource_label_events")
        by = [
            as_mapping(each.get("user")).get("id")
            for each in events
            if each.get("action") == "add" and as_mapping(each.get("label")).get("name") == LABEL
        ]
        return any(self._is_member(user) for user in by if user)

    @cached_property
    def _own_id(self) -> int:
        """The user of the token."""
        return int(self._api.call("GET", "/user")["id"])

    def _answer(self, number: int) -> Any:
        """Return our answer in an issue; `None` without one."""
        notes = self._api.all(f"{self._path}/issues/{number}/notes", sort="asc", order_by="created_at")
        own = (each for each in notes if as_mapping(each.get("author")).get("id") == self._own_id)
        return next((each for each in own if str(each.get("body")).startswith(ANSWER)), None)


def _pull(value: Any) -> Pull:
    return Pull(value["iid"], value["web_url"], str(value["title"]), str(value.get("description") or ""))


def _filed(value: Any) -> Filed:
    created = date.fromisoformat(value["created_at"][:10])
    text = value["description"] or ""
    return Filed(value["iid"], value["title"], text, value["state"] == "opened", created)
