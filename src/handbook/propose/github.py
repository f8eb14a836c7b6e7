"""GitHub, by its REST API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any
from urllib.parse import quote

from handbook.base.errors import HandbookError
from handbook.base.language import N_
from handbook.propose.calling import Api, CallError
from handbook.propose.gaps import Titled
from handbook.propose.host import ANSWER, Filed, Pull
from handbook.read.values import as_mapping
from handbook.write.parcel import has_parcel

_URL = "https://api.github.com"
_MOST_OF_A_TITLE = 256
_VERSION = "2022-11-28"


class GitHub:
    """A repository on GitHub."""

    pull_name = N_("pull request")

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Take what a workflow has in its environment.

        `GH_TOKEN` opens pull requests, and can be that of an app. `HANDBOOK_ISSUE_TOKEN` answers in issues.

        Raises:
            HandbookError: A variable is missing.
        """
        repository, token = environment.get("GITHUB_REPOSITORY", ""), environment.get("GH_TOKEN", "")
        if not repository or not token:
            raise HandbookError("Set GITHUB_REPOSITORY and GH_TOKEN, as in the workflow `handbook-propose`")
        self._path = f"/repos/{quote(repository)}"
        server = environment.get("GITHUB_SERVER_URL") or "https://github.com"
        self._site = f"{server.rstrip('/')}/{quote(repository)}"
        self._owner = repository.partition("/")[0]
        self._base = environment.get("GITHUB_REF_NAME") or "main"
        url = environment.get("GITHUB_API_URL") or _URL
        self._issues = Api(url, _headers(environment.get("HANDBOOK_ISSUE_TOKEN") or token))
        self._pulls = Api(url, _headers(token))

    def open_proposals(self, author: str) -> Mapping[int, str]:
        """Return the texts of the open issues of an author with a proposal, by their numbers."""
        found = self._issues.all(f"{self._path}/issues", creator=author, state="open")
        texts = {each["number"]: each.get("body") or "" for each in found if "pull_request" not in each}
        return {number: text for number, text in texts.items() if has_parcel(text)}

    def answer(self, number: int, text: str) -> None:
        """Write or update the one answer in an issue."""
        path, body = f"{self._path}/issues/{number}/comments", f"{ANSWER} -->\n{text}"
        for each in self._issues.all(path):
            is_own = as_mapping(each.get("user")).get("type") == "Bot"
            if is_own and str(each.get("body")).startswith(ANSWER):
                if str(each["body"]).replace("\r\n", "\n") != body:
                    path = f"{self._path}/issues/comments/{each['id']}"
                    self._issues.call("PATCH", path, {"body": body})
                return
        self._issues.call("POST", path, {"body": body})

    def filed(self, label: str) -> Sequence[Filed]:
        """Return the open and closed issues with a label."""
        found = self._issues.all(f"{self._path}/issues", labels=label, state="all")
        return [_filed(each) for each in found if "pull_request" not in each]

    def file(self, title: str, text: str, label: str) -> int:
        """Open an issue and return its number."""
        body = {"title": title[:_MOST_OF_A_TITLE], "body": text, "labels": [label]}
        return int(self._issues.call("POST", f"{self._path}/issues", body)["number"])

    def refile(self, number: int, title: str, text: str) -> None:
        """Give an issue another title and text."""
        body = {"title": title[:_MOST_OF_A_TITLE], "body": text}
        self._issues.call("PATCH", f"{self._path}/issues/{number}", body)

    def settle(self, number: int) -> None:
        """Close an issue as done."""
        body = {"state": "closed", "state_reason": "completed"}
        self._issues.call("PATCH", f"{self._path}/issues/{number}", body)

    def titled(self) -> Sequence[Titled]:
        """Return the latest issues, open and closed."""
        found = self._issues.all(f"{self._path}/issues", state="all")
        return [
            Titled(each["number"], each["title"], each["state"] == "open")
            for each in found
            if "pull_request" not in each
        ]

    def close_duplicate(self, number: int) -> None:
        """Close an issue as a duplicate."""
        body = {"state": "closed", "state_reason": "duplicate"}
        self._issues.call("PATCH", f"{self._path}/issues/{number}", body)

    def find_pull(self, branch: str) -> Pull | None:
        """Return the open pull request of a branch."""
        found = self._pulls.all(f"{self._path}/pulls", head=f"{self._owner}:{branch}", state="open")
        return next((_pull(each) for each in found if each["head"]["ref"] == branch), None)

    def open_pull(self, branch: str, title: str, text: str) -> Pull:
        """Open a pull request for a branch."""
        body = {"title": title, "body": text, "head": branch, "base": self._base}
        return _pull(self._pulls.call("POST", f"{self._path}/pulls", body))

    def form_of(self, branch: str) -> str:
        """Return the address at which someone can open a pull request for a branch."""
        return f"{self._site}/compare/{quote(self._base)}...{branch}?expand=1"

    def update_pull(self, pull: Pull, title: str, text: str) -> None:
        """Give a pull request another title and text."""
        if (pull.title, pull.text) != (title, text):
            self._pulls.call("PATCH", f"{self._path}/pulls/{pull.number}", {"title": title, "body": text})

    def close_pull(self, pull: Pull) -> None:
        """Close a pull request."""
        # Not as the app: what it closes starts the workflow again.
        self._issues.call("PATCH", f"{self._path}/pulls/{pull.number}", {"state": "closed"})

    def ask_reviewers(self, pull: Pull, names: Sequence[str]) -> None:
        """Ask people and teams for a review. Those that can't be asked are left out."""
        path = f"{self._path}/pulls/{pull.number}/requested_reviewers"
        for name in names:
            owner, _, team = name.partition("/")
            is_other = team and owner.casefold() != self._owner.casefold()
            # GitHub refuses all names if it refuses one, such as that of someone who has left.
            with suppress(CallError):
                if not is_other:
                    self._pulls.call(
                        "POST", path, {"team_reviewers": [team]} if team else {"reviewers": [owner]}
                    )


def _filed(value: Any) -> Filed:
    text = str(value.get("body") or "").replace("\r\n", "\n")
    created = date.fromisoformat(value["created_at"][:10])
    return Filed(value["number"], value["title"], text, value["state"] == "open", created)


def _headers(token: str) -> dict[str, str]:
    return {
        "Accept": "application/vnd.github+json",
        "Authorization": f"Bearer {token}",
        "User-Agent": "handbook",
        "X-GitHub-Api-Version": _VERSION,
    }


def _pull(value: Any) -> Pull:
    text = str(value.get("body") or "").replace("\r\n", "\n")
    return Pull(value["number"], value["html_url"], str(value.get("title") or ""), text)
