"""The branch with the published versions: read, added to with one commit, moved together with a tag.

Nothing here touches the checkout. A commit is put together from objects that nothing refers to; only then
branch and tag move, in one transaction. Killed before, this leaves objects that git throws away one day.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from handbook.compare.git import GitError, Repository
from handbook.release.errors import ReleaseError
from handbook.release.versions import LATEST, Shelf, Version
from handbook.write.workspace import SUFFIX

BRANCH = "gh-pages"
REMOTE = "origin"

_REF = f"refs/heads/{BRANCH}"
_TRACKED = f"refs/remotes/{REMOTE}/{BRANCH}"
_VERSIONS = "versions.json"
_LEFT_BEHIND = ("__pycache__/", f"{SUFFIX}/")
_FILE, _FOLDER = "100644", "040000"


class Moves(NamedTuple):
    """What a release moves.

    Attributes:
        pages: The commit that the pages branch leads to from then on.
        was: The commit that it led to; empty when there was no such branch.
        tag: The tag to make, as git's object for it; empty when there is one already.
    """

    pages: str
    was: str
    tag: str


class PagesBranch(Repository):
    """The pages branch of the repository that a site is a part of."""

    def changes(self) -> list[str]:
        """Return what isn't committed in the site's folder, as paths, without what programs leave behind."""
        found = [line[3:] for line in self._said("status", "--porcelain", "--", ".").splitlines()]
        return [path for path in found if not path.strip('"').endswith(_LEFT_BEHIND)]

    def head(self) -> str:
        """The commit that is checked out.

        Raises:
            GitError: There is none yet.
        """
        return self.commit("HEAD")

    def check_identity(self) -> None:
        """Sees to it that git knows in whose name to commit.

        Raises:
            ReleaseError: It does not.
        """
        try:
            self._said("var", "GIT_COMMITTER_IDENT")
        except GitError as error:
            raise ReleaseError(
                "git does not know in whose name to commit; set user.name and user.email with `git config`"
            ) from error

    def fetch(self, version: Version) -> None:
        """Learns what the remote has of the pages branch and of the tag.

        Raises:
            GitError: There is no remote, it does not answer, or its tag is another one than here.
        """
        wanted = {_REF: f"+{_REF}:{_TRACKED}", _tag(version): f"{_tag(version)}:{_tag(version)}"}
        there = self._remote(version)
        specs = [spec for ref, spec in wanted.items() if ref in there]
        if specs:
            self._said("fetch", "--quiet", "--no-tags", REMOTE, *specs)

    def tip(self) -> str:
        """The newest commit of the branch, here or as last seen at the remote; empty when there is none.

        Raises:
            ReleaseError: Both have commits that the other has not.
        """
        here, there = self._ref(_REF), self._ref(_TRACKED)
        if not here or not there or here == there:
            return here or there
        if self._leads_to(here, there):
            return there
        if self._leads_to(there, here):
            return here
        raise ReleaseError(
            f"{BRANCH} and {REMOTE}/{BRANCH} have gone separate ways; look at both, then make the first what "
            f"the second is with `git branch -f {BRANCH} {REMOTE}/{BRANCH}`"
        )

    def shelf(self, tip: str) -> Shelf:
        """The versions that lie on the branch.

        Raises:
            ReleaseError: What stands there of them cannot be read.
        """
        if not tip or _VERSIONS not in self._entries(tip):
            return Shelf()
        return Shelf(self._run("cat-file", "blob", f"{tip}:{_VERSIONS}").decode("utf-8", "replace"))

    def has_file(self, tip: str, name: str) -> bool:
        """Whether something of that name lies at the top of the branch."""
        return bool(tip) and name in self._entries(tip)

    def has_own_file(self, tip: str, name: str) -> bool:
        """Whether a file lies at the top of the branch that is not the one of the newest version."""
        here = self._ref(f"{tip}:{name}") if tip else ""
        return bool(here) and here != self._ref(f"{tip}:{LATEST}/{name}")

    def tagged(self, version: Version) -> str:
        """The commit that the version's tag is on; empty when there is no such tag."""
        return self._ref(f"{_tag(version)}^{{commit}}")

    def compose(self, tip: str, version: Version, built: Path, files: Mapping[str, str], message: str) -> str:
        """A commit on top of the branch with one more version; nothing refers to it yet.

        Args:
            tip: The newest commit of the branch; empty to begin one.
            version: The version.
            built: The folder of its site.
            files: What else changes at the top of the branch, by name.
            message: What the commit says.
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
        """A tag on a commit; no name leads to it yet."""
        tagger = self._said("var", "GIT_COMMITTER_IDENT")
        text = f"object {commit}\ntype commit\ntag {version}\ntagger {tagger}\n\n{message}\n"
        return os.fsdecode(self._run("mktag", given=text.encode())).strip()

    def plan(self, pages: str, tag: str) -> Moves:
        """What has to move so that the branch leads to a commit."""
        return Moves(pages, self._ref(_REF), tag)

    def push(self, version: Version, moves: Moves) -> None:
        """Gives the remote branch and tag, both or none.

        Raises:
            GitError: It does not take them.
        """
        tag = moves.tag or self._ref(_tag(version))
        self._said("push", "--quiet", "--atomic", REMOTE, f"{moves.pages}:{_REF}", f"{tag}:{_tag(version)}")

    def is_pushed(self, version: Version) -> bool:
        """Whether the remote has branch and tag as they are here."""
        there = self._remote(version)
        return all(there.get(ref) == self._ref(ref) for ref in (_REF, _tag(version)))

    def move(self, version: Version, moves: Moves) -> None:
        """Moves branch and tag, both or none, unless somebody else has moved the branch meanwhile.

        Raises:
            GitError: Somebody has.
        """
        lines = ["start"]
        if moves.pages != moves.was:
            was = f"update {_REF} {moves.pages} {moves.was}"
            lines.append(was if moves.was else f"create {_REF} {moves.pages}")
        if moves.tag:
            lines.append(f"create {_tag(version)} {moves.tag}")
        self._run("update-ref", "--stdin", given="\n".join([*lines, "prepare", "commit", ""]).encode())

    def _tree_of(self, folder: Path) -> str:
        """A folder as git's tree, its files as they are: no filter has a say, and nothing is ignored."""
        paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        given = "".join(f"{path}\n" for path in paths).encode("utf-8", "surrogateescape")
        blobs = self._run("hash-object", "-w", "--no-filters", "--stdin-paths", given=given).split()
        lines = b"".join(
            b"%s %s\t%s\0" % (_FILE.encode(), blob, os.fsencode(path.relative_to(folder).as_posix()))
            for path, blob in zip(paths, blobs, strict=True)
        )
        with TemporaryDirectory(prefix="handbook-") as aside:
            index = f"{aside}/index"
            self._run("update-index", "-z", "--add", "--index-info", given=lines, GIT_INDEX_FILE=index)
            return os.fsdecode(self._run("write-tree", GIT_INDEX_FILE=index)).strip()

    def _entries(self, commit: str) -> Mapping[str, tuple[str, str, str]]:
        """What lies at the top of a commit: mode, form and object by name."""
        found = {}
        for line in self._lines("ls-tree", "-z", "--full-tree", commit):
            about, _, path = line.partition("\t")
            mode, form, name = about.split()
            found[path] = (mode, form, name)
        return found

    def _lines(self, *words: str) -> Iterator[str]:
        return filter(None, os.fsdecode(self._run(*words)).split("\0"))

    def _remote(self, version: Version) -> Mapping[str, str]:
        said = self._said("ls-remote", REMOTE, _REF, _tag(version))
        return {ref: name for name, _, ref in (line.partition("\t") for line in said.splitlines())}

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
