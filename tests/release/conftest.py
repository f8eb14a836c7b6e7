"""Handbooks in repositories of their own, made by real git."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.sites import write_site

Git = Callable[..., str]

_NOBODY_S = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Product ops",
    "GIT_AUTHOR_EMAIL": "ops@example.org",
    "GIT_COMMITTER_NAME": "Product ops",
    "GIT_COMMITTER_EMAIL": "ops@example.org",
}
"""Whatever the machine's own settings of git are, they have no say."""


class Shop:
    """A handbook in a repository.

    Attributes:
        root: Its folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def git(self, *words: str, at: Path | None = None) -> str:
        """What git says."""
        done = subprocess.run(
            ["git", "-C", str(at or self.root), *words], capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def commit(self, files: Mapping[str, str], message: str = "A change") -> str:
        """Writes and commits files; gives the commit."""
        write_site(self.root, files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD")

    def remote(self) -> Path:
        """An empty remote for it."""
        folder = self.root.with_name("remote.git")
        self.git("init", "--quiet", "--bare", str(folder))
        self.git("remote", "add", "origin", str(folder))
        return folder

    def refs(self, at: Path | None = None) -> dict[str, str]:
        """What every branch and tag leads to, the branch that is worked on left out."""
        lines = self.git("for-each-ref", "--format=%(refname) %(objectname)", at=at).splitlines()
        pairs = (line.split() for line in lines)
        return {name: commit for name, commit in pairs if name != "refs/heads/main"}


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """A handbook with one tool, committed."""
    for name, value in _NOBODY_S.items():
        monkeypatch.setenv(name, value)
    root = tmp_path / "handbook"
    root.mkdir()
    made = Shop(root)
    made.git("init", "--quiet", "--initial-branch=main")
    made.commit({".gitignore": "site/\n"})
    return made
