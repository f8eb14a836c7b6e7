"""Which files a proposal can change: those of entries and pages, and what follows from them, but no code."""

from __future__ import annotations

from collections.abc import Iterable
from posixpath import normpath

from handbook.check.code_owners import read_code_owners
from handbook.read.code_paths import CodePath, code_paths
from handbook.read.files import WORKFLOWS, Site, repository_top
from handbook.read.plain_file import read_bounded


def from_top(site: Site, path: str) -> str:
    """Return the path of a file of a site from the top of the repository."""
    prefix = site.root.relative_to(repository_top(site.root)).as_posix()
    return normpath(f"{prefix}/{path}")


def first_code(site: Site, paths: Iterable[str]) -> str:
    """Return the first of some paths that is code, or outside the repository; empty if none is.

    The list of reviewers is code, too, but follows from the owners of entries.

    Args:
        site: The site.
        paths: The paths, from the top of the repository.
    """
    top = repository_top(site.root)
    workflows = [f"{WORKFLOWS}{path.name}" for path in sorted((top / WORKFLOWS).glob("*.y*ml"))]
    prefix = from_top(site, "").removeprefix(".")
    code = code_paths(lambda path: read_bounded(top / path), f"{prefix}/" if prefix else "", workflows)
    reviewers = from_top(site, read_code_owners(site).path)
    return next((path for path in paths if path.startswith("../") or _is_code(path, code, reviewers)), "")


def _is_code(path: str, code: Iterable[CodePath], reviewers: str) -> bool:
    return path != reviewers and any(each.matches(path) for each in code)
