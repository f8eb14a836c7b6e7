"""What a host of repositories does for proposals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from handbook.base.named_tuples import NamedTuple

ANSWER = "<!-- handbook: answer"
"""The start of our answer in an issue, by which the next run finds it."""


class Pull(NamedTuple):
    """A pull request, or a merge request.

    Attributes:
        number: Its number.
        url: Its address.
        title: Its title.
        text: Its text.
    """

    number: int
    url: str
    title: str = ""
    text: str = ""


class Filed(NamedTuple):
    """An issue that an earlier run has opened.

    Attributes:
        number: Its number.
        title: Its title.
        text: Its text.
        is_open: Whether it is open.
        created: The day on which it was opened.
    """

    number: int
    title: str
    text: str
    is_open: bool
    created: date


class Host(Protocol):
    """A host of repositories."""

    @property
    def pull_name(self) -> str:
        """What the host calls a pull request."""
        ...

    def open_proposals(self, author: str) -> Mapping[int, str]:
        """Return the texts of the open issues of an author with a proposal, by their numbers."""
        ...

    def answer(self, number: int, text: str) -> None:
        """Write or update the one answer in an issue."""
        ...

    def find_pull(self, branch: str) -> Pull | None:
        """Return the open pull request of a branch."""
        ...

    def open_pull(self, branch: str, title: str, text: str) -> Pull:
        """Open a pull request for a branch."""
        ...

    def form_of(self, branch: str) -> str:
        """Return the address at which someone can open a pull request for a branch."""
        ...

    def update_pull(self, pull: Pull, title: str, text: str) -> None:
        """Give a pull request another title and text."""
        ...

    def close_pull(self, pull: Pull) -> None:
        """Close a pull request."""
        ...

    def ask_reviewers(self, pull: Pull, names: Sequence[str]) -> None:
        """Ask people and teams for a review. Those that can't be asked are left out."""
        ...
