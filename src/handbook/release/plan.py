"""What has to be done to publish a version, and what stands against it."""

from __future__ import annotations

from typing import NamedTuple

from handbook.check.words import visible
from handbook.release.errors import ReleaseError
from handbook.release.pages_branch import BRANCH, PagesBranch
from handbook.release.versions import Published, Shelf, Version, find


class Plan(NamedTuple):
    """What is there, and what is to come.

    Attributes:
        version: The version to publish.
        commit: The commit of the sources that it is built from.
        tip: The newest commit of the pages branch; empty when there is none.
        shelf: The versions that lie on it.
        before: The version before; `None` for the first.
        is_built: Whether the version lies on the branch already, from a run that did not get to its end.
        has_tag: Whether its tag is there already, as when the tag is what started the release.
    """

    version: Version
    commit: str
    tip: str
    shelf: Shelf
    before: Published | None
    is_built: bool
    has_tag: bool


def make_plan(pages: PagesBranch, version: Version, *, push: bool) -> Plan:
    """Looks at what is there.

    Args:
        pages: The pages branch.
        version: The version to publish.
        push: Whether the remote is to have it, too.

    Raises:
        ReleaseError: The version cannot be published.
        GitError: Git does not say what is there.
    """
    pages.check_identity()
    changes = pages.changes()
    if changes:
        more = f" and {len(changes) - 1:,} more" if len(changes) > 1 else ""
        raise ReleaseError(
            f"there are changes that are not committed: {visible(changes[0])}{more}; commit them, put them "
            "aside, or have git ignore them"
        )
    if push:
        pages.fetch(version)
    tip, commit = pages.tip(), pages.head()
    shelf = pages.shelf(tip)
    published = shelf.published()
    done, tagged = find(published, version), pages.tagged(version)
    if done is None:
        _check_order(version, published)
    elif tagged and not _is_unfinished(pages, version, tip, push=push):
        raise ReleaseError(f"version {version} is published already; choose the next number")
    commit = done.commit if done and done.commit else commit
    if tagged and tagged != commit:
        raise ReleaseError(
            f"the tag {version} is on another commit, {pages.short(tagged)}; check that one out to publish it"
        )
    before = next((each for each in published if each.version < version), None)
    return Plan(version, commit, tip, shelf, before, done is not None, bool(tagged))


def _is_unfinished(pages: PagesBranch, version: Version, tip: str, *, push: bool) -> bool:
    """Whether branch and tag are not yet everywhere they should be."""
    return pages.plan(tip, "").was != tip or (push and not pages.is_pushed(version))


def _check_order(version: Version, published: list[Published]) -> None:
    newest = published[0].version if published else None
    if newest is not None and version < newest:
        raise ReleaseError(
            f"version {version} is older than {newest}, the newest on {BRANCH}; choose a later number"
        )
