"""Write the branch of a proposal. The checkout stays unchanged: the commit is made from objects."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from handbook.base.named_tuples import NamedTuple
from handbook.base.temporary import temporary_folder
from handbook.diff.git import GitRepository
from handbook.diff.git_process import GitError

REMOTE = "origin"
_FILE = "100644"
_GONE = "0" * 40


class Author(NamedTuple):
    """Who writes the commits."""

    name: str = "github-actions[bot]"
    email: str = "github-actions[bot]@users.noreply.github.com"


class Branches(GitRepository):
    """The branches of the repository that contains a site."""

    def has_in_history(self, commit: str) -> bool:
        """Return whether a commit is in the history of the one that is checked out."""
        try:
            self._said("merge-base", "--is-ancestor", commit, "HEAD")
        except GitError:
            return False
        return True

    def commit_of(self, files: Mapping[str, bytes], message: str, author: Author) -> str:
        """Return a new commit on the one that is checked out.

        Args:
            files: The new content of files by their path from the top; empty if the file is removed.
            message: Its message.
            author: Who makes it.

        Raises:
            GitError: Git refuses.
        """
        with temporary_folder() as folder:
            index = str(Path(folder).resolve() / "index")
            self._run("read-tree", "HEAD", GIT_INDEX_FILE=index)
            modes = {path: mode for path, (mode, _) in self.blobs("HEAD").items() if path in files}
            lines = []
            for path, data in files.items():
                blob = self._blob(data) if data else _GONE
                lines.append(f"{modes.get(path, _FILE) if data else '0'} {blob}\t{path}".encode())
            self._run(
                "update-index",
                "-z",
                "--add",
                "--index-info",
                given=b"\0".join([*lines, b""]),
                GIT_INDEX_FILE=index,
            )
            tree = os.fsdecode(self._run("write-tree", GIT_INDEX_FILE=index)).strip()
        made = self._run(
            "commit-tree",
            tree,
            "-p",
            "HEAD",
            given=message.encode(),
            GIT_AUTHOR_NAME=author.name,
            GIT_AUTHOR_EMAIL=author.email,
            GIT_COMMITTER_NAME=author.name,
            GIT_COMMITTER_EMAIL=author.email,
        )
        return os.fsdecode(made).strip()

    def published(self, branch: str) -> str:
        """Return the commit of a branch of the remote, which is fetched; empty if there is none."""
        listed = self._said("ls-remote", "--heads", REMOTE, f"refs/heads/{branch}").split()
        if not listed:
            return ""
        self._said("fetch", "--quiet", "--no-tags", "--depth=1", REMOTE, f"refs/heads/{branch}")
        return listed[0]

    def is_by(self, commit: str, author: Author) -> bool:
        """Return whether someone made a commit."""
        return self._said("show", "--no-patch", "--format=%ae", commit) == author.email

    def is_same(self, commit: str, other: str) -> bool:
        """Return whether two commits have the same files."""
        return self._said("rev-parse", f"{commit}^{{tree}}") == self._said("rev-parse", f"{other}^{{tree}}")

    def push(self, commit: str, branch: str, was: str) -> None:
        """Put a branch of the remote on a commit.

        Args:
            commit: The commit.
            branch: The branch.
            was: The commit that the branch must have until then; empty if there must be no such branch.

        Raises:
            GitError: The branch is on another one by now, or the remote refuses.
        """
        ref = f"refs/heads/{branch}"
        lease = f"--force-with-lease={ref}:{was}"
        self._said("push", "--quiet", "--no-verify", lease, REMOTE, f"{commit}:{ref}")

    def delete(self, branch: str) -> None:
        """Remove a branch of the remote, if it is there."""
        with suppress(GitError):
            self._said("push", "--quiet", "--no-verify", REMOTE, f":refs/heads/{branch}")

    def _blob(self, data: bytes) -> str:
        return os.fsdecode(self._run("hash-object", "-w", "--no-filters", "--stdin", given=data)).strip()
