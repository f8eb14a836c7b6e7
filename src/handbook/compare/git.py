"""What git knows, asked without touching the checkout: nothing is checked out, staged or locked."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from posixpath import dirname, join, normpath

_MAIN = ("refs/remotes/origin/main", "refs/remotes/origin/master", "refs/heads/main", "refs/heads/master")
_FILE_MODES = ("100644", "100755")
_LINK = "120000"
_GONE = "000000"
_SHOWN = 12
_DEEPEN = "run `git fetch --unshallow`, or set `fetch-depth: 0` in CI"


class GitError(Exception):
    """Git cannot answer; the text says why in one line."""


class Repository:
    """The repository that a folder is a part of.

    Attributes:
        folder: The folder, absolute.
        prefix: Where it lies in the repository, with a slash at the end; empty at the top.
    """

    def __init__(self, folder: Path) -> None:
        """Finds the repository.

        Raises:
            GitError: There is none, or no git.
        """
        self.folder = folder.resolve()
        self.prefix = self._said("rev-parse", "--show-prefix")

    def commit(self, revision: str) -> str:
        """The full name of the commit that a branch, tag or short name means.

        Raises:
            GitError: There is no such commit.
        """
        try:
            return self._said(
                "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
            )
        except GitError:
            advice = "; fetch it first" if self._is_shallow() else ""
            raise GitError(f"there is no commit `{revision}` in this repository{advice}") from None

    def as_of(self, day: date) -> str:
        """The commit that counted when a day began; the first one of all when there was none yet.

        Raises:
            GitError: The history does not reach back far enough, or there is none.
        """
        begin = f"--before={day.isoformat()}T00:00:00"
        found = self._said("rev-list", "--first-parent", "--max-count=1", begin, "HEAD")
        if found:
            return found
        if self._is_shallow():
            raise GitError(f"the clone does not reach back to {day}; {_DEEPEN}")
        return self._said("rev-list", "--first-parent", "--max-parents=0", "HEAD").splitlines()[-1]

    def kept(self, name: str) -> Path:
        """A file of that name inside git's own folder, which nobody commits."""
        return Path(self._said("rev-parse", "--path-format=absolute", "--git-path", name))

    def branched_off(self, revision: str | None = None) -> str:
        """The commit at which the work here left another branch.

        Args:
            revision: The branch; by default the main one.

        Raises:
            GitError: There is no such branch, or its history does not reach back far enough.
        """
        other = self._main_branch() if revision is None else self.commit(revision)
        try:
            return self._said("merge-base", other, "HEAD")
        except GitError:
            name = revision or other.removeprefix("refs/remotes/").removeprefix("refs/heads/")
            why = f"`HEAD` and `{name}` have no commit in common"
            if self._is_shallow():
                why += f"; the clone is shallow: {_DEEPEN}"
            raise GitError(why) from None

    def files(self, commit: str, suffixes: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
        """The files of the folder as they were in a commit. A link to another of them is as good as that one.

        Args:
            commit: The commit.
            suffixes: How the names of the files end.

        Yields:
            The path, relative to the folder, and what stands in the file.

        Raises:
            GitError: What stands in a file is not in this clone.
        """
        listed = self._run("ls-tree", "-r", "-z", "--full-name", commit, "--", ".")
        blobs: dict[str, str] = {}
        links: set[str] = set()
        for line in filter(None, listed.split(b"\0")):
            about, _, name = line.partition(b"\t")
            mode, _, blob = about.decode().split()
            path = os.fsdecode(name).removeprefix(self.prefix)
            # Git would not make a path that leads out of the folder; somebody else might.
            if (
                mode in (*_FILE_MODES, _LINK)
                and path.endswith(suffixes)
                and normpath(f"/{path}") == f"/{path}"
            ):
                blobs[path] = blob
                links |= {path} if mode == _LINK else set()
        found = dict(zip(blobs, self.contents(blobs), strict=True))
        for path, content in found.items():
            target = normpath(join(dirname(path), os.fsdecode(content))) if path in links else path
            if target in found and target not in links:
                yield path, found[target]

    @cached_property
    def top(self) -> Path:
        """The folder that the repository begins in."""
        return Path(self._said("rev-parse", "--show-toplevel"))

    def blobs(self, commit: str) -> dict[str, tuple[str, str]]:
        """Return the mode of every file of a commit and git's name for its content, by path from the top.

        Args:
            commit: The commit.

        Raises:
            GitError: There is no such commit.
        """
        found = {}
        for line in filter(None, self._run("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0")):
            about, _, path = line.partition(b"\t")
            mode, _, blob = about.decode().split()
            found[os.fsdecode(path)] = (mode, blob)
        return found

    def changed_since(self, commit: str) -> dict[str, str]:
        """Return the paths that differ from a commit, from the top, with their modes now; empty when gone.

        Args:
            commit: The commit.

        Raises:
            GitError: Git cannot answer.
        """
        options = ("--raw", "-z", "--no-renames", "--no-relative", "--ignore-submodules=dirty")
        parts = self._run("diff", *options, commit).split(b"\0")
        found: dict[str, str] = {}
        for about, path in zip(parts[::2], parts[1::2], strict=False):
            name, mode = os.fsdecode(path), about.split()[1].decode()
            # Of a file that is being merged, git says nothing more.
            is_gone = mode == _GONE and not os.path.lexists(self.top / name)
            found[name] = "" if is_gone else _mode(self.top / name) if mode == _GONE else mode
        new = self._run("-C", str(self.top), "ls-files", "--others", "--exclude-standard", "-z")
        for path in filter(None, new.split(b"\0")):
            name = os.fsdecode(path)
            if not name.endswith("/"):  # Another repository.
                found[name] = _mode(self.top / name)
        return found

    def content(self, blob: str) -> bytes:
        """Return what is in a file, by git's name for its content.

        Raises:
            GitError: It is not in this clone.
        """
        return self._run("cat-file", "blob", blob)

    def contents(self, blobs: Mapping[str, str]) -> Iterator[bytes]:
        """Return what is in files, in their order.

        Args:
            blobs: Git's name for the content of each file, by path.

        Raises:
            GitError: The content of a file is not in this clone.
        """
        answer = self._run(
            "cat-file", "--batch", given="".join(f"{blob}\n" for blob in blobs.values()).encode()
        )
        start = 0
        for path in blobs:
            end = answer.index(b"\n", start)
            size = answer[start:end].split()[-1]
            if not size.isdigit():
                raise GitError(f"{path} is not in this clone as it was then; run `git fetch --refetch`")
            yield answer[end + 1 : end + 1 + int(size)]
            start = end + int(size) + 2

    def _main_branch(self) -> str:
        try:
            return self._said("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD")
        except GitError:
            pass
        for name in _MAIN:
            try:
                self._said("rev-parse", "--verify", "--quiet", name)
            except GitError:
                continue
            return name
        raise GitError("there is no branch `main` or `master` to compare with; name a commit")

    def short(self, commit: str) -> str:
        """A commit's name as people write it."""
        return commit[:_SHOWN]

    def _is_shallow(self) -> bool:
        return self._said("rev-parse", "--is-shallow-repository") == "true"

    def _said(self, *words: str) -> str:
        return os.fsdecode(self._run(*words)).removesuffix("\n")

    def _run(self, *words: str, given: bytes = b"", **variables: str) -> bytes:
        command = ["git", "-C", str(self.folder), *words]
        # Reading must not wait for, or write to, what somebody else is doing in the repository.
        environment = os.environ | {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C", "GIT_LITERAL_PATHSPECS": "1"}
        environment |= variables
        try:
            done = subprocess.run(  # noqa: S603
                command, input=given, capture_output=True, check=False, env=environment
            )
        except OSError as error:
            raise GitError(f"git cannot be run: {(error.strerror or str(error)).lower()}") from error
        if done.returncode:
            lines = os.fsdecode(done.stderr).strip().splitlines()
            # Of what git advises, a setting is what gets one on, as when a folder is another user's.
            advice = "".join(f"; run `{line.strip()}`" for line in lines if line.startswith("\tgit config "))
            raise GitError(
                f"{lines[0]}{advice}" if lines else f"`git {words[0]}` ended with {done.returncode}"
            )
        return done.stdout


def _mode(path: Path) -> str:
    """What a file would be to git, had it been added."""
    if path.is_symlink():
        return _LINK
    is_program = os.name != "nt" and path.exists() and path.stat().st_mode & 0o100
    return _FILE_MODES[bool(is_program)]
