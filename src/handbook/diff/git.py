"""Query git without changing the checkout: nothing is checked out, staged or locked."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from posixpath import dirname, join, normpath

from handbook.diff.git_process import GitError, run_git

_MAIN = ("refs/remotes/origin/main", "refs/remotes/origin/master", "refs/heads/main", "refs/heads/master")
_FILE_MODES = ("100644", "100755")
_LINK = "120000"
_SUBMODULE = "160000"
_GONE = "000000"
_SHOWN = 12
_MOST_TAGS = 5
_OUTSIDE = "fatal: not a git repository (or any "
"""How git says that neither a folder nor those around it are a repository."""
_DEEPEN = "Run `git fetch --unshallow`, or set `fetch-depth: 0` in CI."


class GitRepository:
    """The repository that contains a folder.

    Attributes:
        folder: The folder, absolute.
        prefix: The path of the folder in the repository, with a slash at the end; empty at the top.
    """

    def __init__(self, folder: Path) -> None:
        """Find the repository.

        Raises:
            GitError: There is no repository, or git is not installed.
        """
        self.folder = folder.resolve()
        try:
            self.prefix = self._said("rev-parse", "--show-prefix")
        except GitError as error:
            if str(error).startswith(_OUTSIDE):
                raise GitError(
                    f"No history: {self.folder.name} is in no git repository",
                    "Run `git init`, `git add .` and `git commit`",
                ) from None
            raise

    def commit(self, revision: str) -> str:
        """Return the full name of the commit of a branch, tag or short name.

        Raises:
            GitError: There is no such commit.
        """
        try:
            return self._said(
                "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
            )
        except (GitError, ValueError):
            raise GitError(
                f"Unknown revision `{revision}` in this repository", self._hint(revision)
            ) from None

    def _hint(self, revision: str) -> str:
        """Return what to do about an unknown revision."""
        if self._is_shallow():
            return "Fetch it first"
        if not self._said("rev-list", "--all", "--max-count=1"):
            return "It has no commits: run `git add .` and `git commit`"
        hint = "Use a commit, branch or tag that it has"
        if not revision[:1].isdigit():
            return hint
        tags = self._said("tag", "--list", "--sort=-version:refname").splitlines()
        if not tags:
            return f"{hint}. It has no tags; `git fetch --tags` gets those of published versions"
        more = ", and older ones" if len(tags) > _MOST_TAGS else ""
        return f"{hint}: {', '.join(tags[:_MOST_TAGS])}{more}"

    def as_of(self, day: date) -> str:
        """Return the current commit at the start of a day; the very first commit if there was none.

        Raises:
            GitError: The history is missing, or does not reach back far enough.
        """
        head = self.commit("HEAD")
        begin = f"--before={day.isoformat()}T00:00:00"
        commit = self._said("rev-list", "--first-parent", "--max-count=1", begin, head)
        if commit:
            return commit
        if self._is_shallow():
            raise GitError(f"The history of this clone does not reach back to {day}. {_DEEPEN}")
        return self._said("rev-list", "--first-parent", "--max-parents=0", head).splitlines()[-1]

    def kept(self, name: str) -> Path:
        """Return the path of a name in git's own folder, which is never committed."""
        return Path(self._said("rev-parse", "--path-format=absolute", "--git-path", name))

    def branched_off(self, revision: str | None = None) -> str:
        """Return the merge base of this branch with another.

        Args:
            revision: The other branch. By default, the main branch.

        Raises:
            GitError: There is no such branch, or its history does not reach back far enough.
        """
        other = self._main_branch() if revision is None else self.commit(revision)
        try:
            return self._said("merge-base", other, "HEAD")
        except GitError:
            name = revision or other.removeprefix("refs/remotes/").removeprefix("refs/heads/")
            why = f"`HEAD` and `{name}` have no common commit"
            if self._is_shallow():
                why += f": the clone is shallow. {_DEEPEN}"
            raise GitError(why) from None

    def files(self, commit: str, suffixes: tuple[str, ...], folder: str) -> Iterator[tuple[str, bytes]]:
        """Yield the files of a folder in a commit. A link to another of the files counts as that file.

        Args:
            commit: The commit.
            suffixes: The suffixes of the files.
            folder: The folder, from the top of the repository; empty for the top.

        Yields:
            The path, relative to the folder, and the content of the file.

        Raises:
            GitError: The content of a file is not in this clone.
        """
        prefix = f"{folder}/" if folder else ""
        within = ("--", prefix) if folder else ()
        listed = self._run("ls-tree", "-r", "-z", "--full-tree", commit, *within)
        blobs: dict[str, str] = {}
        links: set[str] = set()
        for line in filter(None, listed.split(b"\0")):
            about, _, name = line.partition(b"\t")
            mode, _, blob = about.decode().split()
            path = os.fsdecode(name).removeprefix(prefix)
            # Git would not create a path that leaves the folder, but another program might.
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

    def submodule(self, commit: str, path: str) -> str:
        """Return the commit that a submodule has in a commit; empty if the path is no submodule.

        Args:
            commit: The commit.
            path: The path, from the top of the repository.
        """
        listed = os.fsdecode(self._run("ls-tree", "--full-tree", commit, "--", path)).split()
        return listed[2] if listed[:1] == [_SUBMODULE] else ""

    @cached_property
    def top(self) -> Path:
        """Return the top folder of the repository."""
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
            # For a file that is being merged, git gives no mode.
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
                raise GitError(
                    f"The earlier content of {path} is not in this clone. Run `git fetch --refetch`."
                )
            yield answer[end + 1 : end + 1 + int(size)]
            start = end + int(size) + 2

    def default_branch(self) -> str:
        """Return the name of the branch that others start from.

        Raises:
            GitError: Git knows no such branch.
        """
        return self._main_branch().removeprefix("refs/remotes/origin/").removeprefix("refs/heads/")

    def _main_branch(self) -> str:
        with suppress(GitError):
            return self._said("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD")
        for name in _MAIN:
            with suppress(GitError):
                self._said("rev-parse", "--verify", "--quiet", name)
                return name
        raise GitError("Missing branch `main` or `master` to compare with. Pass a commit, branch or tag.")

    def short(self, commit: str) -> str:
        """Return the short name of a commit."""
        return commit[:_SHOWN]

    def _is_shallow(self) -> bool:
        return self._said("rev-parse", "--is-shallow-repository") == "true"

    def _said(self, *words: str) -> str:
        return os.fsdecode(self._run(*words)).removesuffix("\n")

    def _run(self, *words: str, given: bytes = b"", **variables: str) -> bytes:
        return run_git(self.folder, words, given, variables)


def _mode(path: Path) -> str:
    """Return the mode that git would give a file."""
    if path.is_symlink():
        return _LINK
    is_program = os.name != "nt" and path.exists() and path.stat().st_mode & 0o100
    return _FILE_MODES[bool(is_program)]
