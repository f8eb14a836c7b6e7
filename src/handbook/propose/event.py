"""Read what happened to an issue on GitHub.

All texts are those of strangers. They are only read here, and passed on as data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from handbook.base.errors import HandbookError
from handbook.base.named_tuples import NamedTuple
from handbook.read.plain_file import UnusableError, read_plain_file
from handbook.read.values import as_mapping

LABEL = "proposal"
"""The label with which a member lets the proposal of a stranger become a pull request."""

BRANCH = "handbook-proposal-"
"""The start of the name of the branch with a proposal. The number of its issue follows."""

_MEMBERS = ("OWNER", "MEMBER", "COLLABORATOR")
_ACTIONS = ("opened", "edited", "reopened", "labeled")
"""What can change the proposal or who trusts it. Of several at once, the workflow runs for the last one."""


class Issue(NamedTuple):
    """An issue.

    Attributes:
        number: Its number.
        text: Its text.
        before: Its text before an edit.
        author: The account of its author.
        is_trusted: Whether the author is a member, or a member has given it the label.
    """

    number: int
    text: str
    before: str
    author: str
    is_trusted: bool


class Happened(NamedTuple):
    """What happened.

    Attributes:
        issue: The issue with a new or changed text.
        closed: The number of an issue that was closed; its pull request is closed with it.
    """

    issue: Issue | None = None
    closed: int = 0


def read_event(path: Path) -> Happened:
    """Return what happened.

    Args:
        path: The file that GitHub writes for a workflow.

    Raises:
        HandbookError: It is no such file.
    """
    try:
        event = json.loads(read_plain_file(path, follow=True))
    except UnusableError as error:
        raise HandbookError(f"{path}: {error.fault.message}", error.fault.hint) from error
    except (ValueError, RecursionError):
        raise HandbookError(f"{path} is no event of GitHub", "Use the file in GITHUB_EVENT_PATH") from None
    action, issue = as_mapping(event).get("action"), as_mapping(as_mapping(event).get("issue"))
    number = issue.get("number")
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise HandbookError(f"{path} is no event of an issue", "Use the file in GITHUB_EVENT_PATH")
    if "pull_request" in issue:
        return Happened()
    if action == "closed":
        return Happened(closed=number)
    if action not in _ACTIONS or issue.get("state") == "closed":
        return Happened()
    return Happened(_issue(event, issue, number))


def branch_of(number: int) -> str:
    """Return the branch with the proposal of an issue."""
    return f"{BRANCH}{number}"


def _issue(event: Mapping[str, Any], issue: Mapping[str, Any], number: int) -> Issue:
    labels = issue.get("labels")
    names = [as_mapping(each).get("name") for each in labels] if isinstance(labels, list) else []
    changed = as_mapping(as_mapping(event.get("changes")).get("body")).get("from")
    return Issue(
        number,
        _text(issue.get("body")),
        _text(changed),
        _text(as_mapping(issue.get("user")).get("login")),
        is_trusted=issue.get("author_association") in _MEMBERS or LABEL in names,
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
