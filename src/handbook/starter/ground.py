"""Find out where a new handbook comes: in an empty folder, or in a repository that has other files."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

from handbook.base.named_tuples import NamedTuple
from handbook.diff.git_process import GitError, run_git
from handbook.read.edit_uri import MAIN
from handbook.read.files import repository_top
from handbook.read.plain_file import UnusableError, read_plain_file
from handbook.starter.answers import AnswerError
from handbook.starter.hosts import repository_url
from handbook.write.errors import NotWrittenError

_ADDED_TO = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
_SHARED = (
    ".devcontainer/devcontainer.json",
    ".github/dependabot.yml",
    ".github/zizmor.yml",
    ".gitlab-ci.yml",
    ".pre-commit-config.yaml",
)
IGNORED = ".gitignore"
README = "README.md"


class Ground(NamedTuple):
    """Where a new handbook comes.

    Attributes:
        top: The top of the repository, absolute; the folder of the handbook if there is no repository.
        prefix: The path of the handbook in the repository, with a slash at the end; empty at the top.
        existing: Files that a handbook adds to, by path from the top.
        shared: The files of the repository that a handbook has too, but that stay as they are.
        branch: The branch of the repository.
        remote: The address of the repository for readers; empty if it is unknown.
    """

    top: Path = Path()
    prefix: str = ""
    existing: Mapping[str, bytes] = MappingProxyType({})
    shared: frozenset[str] = frozenset()
    branch: str = MAIN
    remote: str = ""

    @property
    def folder(self) -> Path:
        """Return the folder of the handbook."""
        return self.top / self.prefix


def survey(folder: Path) -> Ground:
    """Return where a new handbook comes.

    Args:
        folder: The folder for it, which might not exist yet.

    Raises:
        NotWrittenError: It is a file, or a file that the handbook adds to can't be read.
    """
    target = folder.resolve()
    if target.exists() and not target.is_dir():
        raise NotWrittenError(f"{folder} is a file. Use a folder")
    top = repository_top(target)
    path = target.relative_to(top).as_posix()
    prefix = "" if path == "." else f"{path}/"
    # Code hosts make a new repository with a README, and people write one before they have a repository.
    readme = f"{prefix}{README}"
    if not (top / ".git").exists():
        return Ground(top, prefix, shared=frozenset({readme} if (top / readme).exists() else ()))
    added_to = (*_ADDED_TO, f"{prefix}{IGNORED}")
    existing = {name: _content(top, name) for name in added_to if (top / name).exists()}
    shared = (*(_SHARED if prefix else ()), readme)
    kept = frozenset(name for name in shared if (top / name).exists())
    branch = _said(top, "symbolic-ref", "--short", "HEAD") or MAIN
    remote = ""
    with suppress(AnswerError):
        remote = repository_url(_said(top, "config", "--get", "remote.origin.url"))
    return Ground(top, prefix, existing, kept, branch, remote)


def _content(top: Path, name: str) -> bytes:
    try:
        return read_plain_file(top / name)
    except UnusableError as error:
        raise NotWrittenError(f"{name}: {error.fault.message}. {error.fault.hint}") from error


def _said(top: Path, *words: str) -> str:
    """Return what git says; nothing if it can't."""
    try:
        return run_git(top, words, b"", {}).decode("utf-8", "replace").strip()
    except GitError:
        return ""
