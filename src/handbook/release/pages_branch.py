"""Read and update the branch with the published versions: one commit for each, together with a tag.

The checkout stays unchanged. A commit is composed from unreferenced objects; then branch and tag move in one
transaction. A process that is killed before leaves objects that git removes later.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from posixpath import normpath

from handbook.base.named_tuples import NamedTuple
from handbook.base.temporary import temporary_folder
from handbook.diff.git import GitRepository
from handbook.diff.git_process import GitError
from handbook.release.errors import ReleaseError
from handbook.release.versions import LATEST, Shelf, Version
from handbook.write.hidden_names import SUFFIX

BRANCH = "gh-pages"
REMOTE = "origin"

_REF = f"refs/heads/{BRANCH}"
_TRACKED = f"refs/remotes/{REMOTE}/{BRANCH}"
_VERSIONS = "versions.json"
_LEFT_BEHIND = ("__pycache__/", f"{SUFFIX}/")
_FILE, _PROGRAM, _FOLDER = "100644", "100755", "040000"


class Moves(NamedTuple):
    """The changes of a release to branch and tag.

    Attributes:
        pages: The new commit of the pages branch.
        was: The old commit of the pages branch; empty if the branch is new.
        tag: The tag to create, as git's object for it; empty if the tag exists.
    """

    pages: str
    was: str
    tag: str


class PagesBranch(GitRepository):
    """The pages branch of the repository that contains a site."""

    def changes(self, folders: Iterable[Path] = ()) -> list[str]:
        """Return uncommitted paths in the site's folder and others, without temporary files of programs."""
        within = (".", *map(str, folders))
        paths = [line[3:] for line in self._said("status", "--porcelain", "--", *within).splitlines()]
        return [path for path in paths if not path.strip('"').endswith(_LEFT_BEHIND)]

    def head(self) -> str:
        """Return the commit that is checked out.

        Raises:
            GitError: There is no commit yet.
        """
        return self.commit("HEAD")

    def check_identity(self) -> None:
        """Check that git has a committer identity.

        Raises:
            ReleaseError: It has none.
        """
        try:
            self._said("var", "GIT_COMMITTER_IDENT")
        except GitError as error:
            raise ReleaseError(
                "Git has no committer identity. Set user.name and user.email with `git config`."
            ) from error

    def fetch(self, version: Version) -> None:
        """Fetch the pages branch and the tag from the remote.

        Raises:
            GitError: There is no remote, it does not answer, or its tag differs from the local one.
        """
        refspecs = {_REF: f"+{_REF}:{_TRACKED}", _tag(version): f"{_tag(version)}:{_tag(version)}"}
        there = self._remote(version)
        specs = [spec for ref, spec in refspecs.items() if ref in there]
        if specs:
            self._said("fetch", "--quiet", "--no-tags", REMOTE, *specs)

    def tip(self) -> str:
        """Return the latest commit of the branch, local or as last fetched; empty if there is none.

        Raises:
            ReleaseError: The local and the remote branch have diverged.
        """
        here, there = self._ref(_REF), self._ref(_TRACKED)
        if not here or not there or here == there:
            return here or there
        if self._leads_to(here, there):
            return there
        if self._leads_to(there, here):
            return here
        raise ReleaseError(
            f"{BRANCH} and {REMOTE}/{BRANCH} have diverged. Compare them, then reset the local branch with "
            f"`git branch -f {BRANCH} {REMOTE}/{BRANCH}`."
        )

    def check_complete(self) -> None:
        """Check that this clone has the pages branch if the remote had one when it was cloned.

        Raises:
            ReleaseError: The clone has only a part of the history, so published versions can be missing.
        """
        if self._is_shallow():
            raise ReleaseError(
                "This clone might lack the published versions, because it is shallow. Run "
                "`git fetch --unshallow`, or set `fetch-depth: 0` in CI."
            )

    def shelf(self, tip: str) -> Shelf:
        """Return the versions on the branch.

        Raises:
            ReleaseError: The list of versions cannot be read.
        """
        if not tip or _VERSIONS not in self._entries(tip):
            return Shelf()
        return Shelf(self._run("cat-file", "blob", f"{tip}:{_VERSIONS}").decode("utf-8", "replace"))

    def published_files(self, tip: str) -> Iterator[tuple[str, bytes]]:
        """Yield the path and content of every file on the branch. No more than one version is in memory.

        Raises:
            ReleaseError: The branch contains something else than files.
            GitError: Git cannot read the branch.
        """
        parts: dict[str, dict[str, str]] = {}
        for path, (mode, blob) in self.blobs(tip).items():
            if mode not in (_FILE, _PROGRAM) or normpath(f"/{path}") != f"/{path}":
                raise ReleaseError(
                    f"{path} on {BRANCH} is a link or not a file. Put files in its place on that branch."
                )
            parts.setdefault(path.partition("/")[0], {})[path] = blob
        for blobs in parts.values():
            yield from zip(blobs, self.contents(blobs), strict=True)

    def has_file(self, tip: str, name: str) -> bool:
        """Return whether the top folder of the branch contains a name."""
        return bool(tip) and name in self._entries(tip)

    def has_own_file(self, tip: str, name: str) -> bool:
        """Return whether the top folder of the branch has a file that differs from the latest version's."""
        here = self._ref(f"{tip}:{name}") if tip else ""
        return bool(here) and here != self._ref(f"{tip}:{LATEST}/{name}")

    def tagged(self, version: Version) -> str:
        """Return the commit of the version's tag; empty if there is no such tag."""
        return self._ref(f"{_tag(version)}^{{commit}}")

    def compose(self, tip: str, version: Version, built: Path, files: Mapping[str, str], message: str) -> str:
        """Create an unreferenced commit on top of the branch with one more version.

        Args:
            tip: The latest commit of the branch; empty for a new branch.
            version: The version.
            built: The folder of its site.
            files: Other files in the top folder of the branch, by name.
            message: The commit message.
        """
        site = self._tree_of(built)
        entries = dict(self._entries(tip)) if tip else {}
        entries |= {str(version): (_FOLDER, "tree", site), LATEST: (_FOLDER, "tree", site)}
        for name, text in files.items():
            blob = os.fsdecode(self._run("hash-object", "-w", "--stdin", given=text.encode())).strip()
            entries[name] = (_FILE, "blob", blob)
        lines = "".join(f"{mode} {form} {name}\t{path}\0" for path, (mode, form, name) in entries.items())
        tree = os.fsdecode(self._run("mktree", "-z", given=os.fsencode(lines))).strip()
        return self._said("commit-tree", *(["-p", tip] if tip else []), "-m", message, tree)

    def compose_tag(self, version: Version, commit: str, message: str) -> str:
        """Create an unreferenced tag on a commit."""
        tagger = self._said("var", "GIT_COMMITTER_IDENT")
        text = f"object {commit}\ntype commit\ntag {version}\ntagger {tagger}\n\n{message}\n"
        return os.fsdecode(self._run("mktag", given=text.encode())).strip()

    def plan(self, pages: str, tag: str) -> Moves:
        """Return the moves that set the branch to a commit."""
        return Moves(pages, self._ref(_REF), tag)

    def push(self, version: Version, moves: Moves) -> None:
        """Push branch and tag to the remote, both or neither.

        Raises:
            GitError: The remote refuses.
        """
        tag = moves.tag or self._ref(_tag(version))
        self._said("push", "--quiet", "--atomic", REMOTE, f"{moves.pages}:{_REF}", f"{tag}:{_tag(version)}")

    def is_pushed(self, version: Version) -> bool:
        """Return whether branch and tag are the same on the remote."""
        there = self._remote(version)
        return all(there.get(ref) == self._ref(ref) for ref in (_REF, _tag(version)))

    def move(self, version: Version, moves: Moves) -> None:
        """Move branch and tag, both or neither.

        Raises:
            GitError: Another process has moved the branch in the meantime.
        """
        lines = ["start"]
        if moves.pages != moves.was:
            was = f"update {_REF} {moves.pages} {moves.was}"
            lines.append(was if moves.was else f"create {_REF} {moves.pages}")
        if moves.tag:
            lines.append(f"create {_tag(version)} {moves.tag}")
        self._run("update-ref", "--stdin", given="\n".join([*lines, "prepare", "commit", ""]).encode())

    def _tree_of(self, folder: Path) -> str:
        """Write a folder as a tree of git, with its files unchanged: without filters and without ignores."""
        paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        given = "".join(f"{path}\n" for path in paths).encode("utf-8", "surrogateescape")
        blobs = self._run("hash-object", "-w", "--no-filters", "--stdin-paths", given=given).split()
        lines = b"".join(
            b"%s %s\t%s\0" % (_FILE.encode(), blob, os.fsencode(path.relative_to(folder).as_posix()))
            for path, blob in zip(paths, blobs, strict=True)
        )
        with temporary_folder() as aside:
            index = f"{aside}/index"
            self._run("update-index", "-z", "--add", "--index-info", given=lines, GIT_INDEX_FILE=index)
            return os.fsdecode(self._run("write-tree", GIT_INDEX_FILE=index)).strip()

    def _entries(self, commit: str) -> Mapping[str, tuple[str, str, str]]:
        """Return the top folder of a commit: mode, type and object by name."""
        entries = {}
        for line in self._lines("ls-tree", "-z", "--full-tree", commit):
            about, _, path = line.partition("\t")
            mode, form, name = about.split()
            entries[path] = (mode, form, name)
        return entries

    def _lines(self, *words: str) -> Iterator[str]:
        return filter(None, os.fsdecode(self._run(*words)).split("\0"))

    def _remote(self, version: Version) -> Mapping[str, str]:
        output = self._said("ls-remote", REMOTE, _REF, _tag(version))
        return {ref: name for name, _, ref in (line.partition("\t") for line in output.splitlines())}

    def _ref(self, name: str) -> str:
        try:
            return self._said("rev-parse", "--verify", "--quiet", name)
        except GitError:
            return ""

    def _leads_to(self, earlier: str, later: str) -> bool:
        try:
            self._said("merge-base", "--is-ancestor", earlier, later)
        except GitError:
            return False
        return True


def _tag(version: Version) -> str:
    return f"refs/tags/{version}"
