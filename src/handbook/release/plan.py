"""Release plan: the steps to publish a version and the checks that can block it."""

from __future__ import annotations

from pathlib import Path

from handbook.base.named_tuples import NamedTuple
from handbook.base.words import visible
from handbook.read.files import Site, repository_top
from handbook.read.layer_folders import PACKAGE
from handbook.release.errors import ReleaseError
from handbook.release.pages_branch import BRANCH, PagesBranch
from handbook.release.versions import Published, Shelf, Version, find


class ReleasePlan(NamedTuple):
    """The state before a release, and the version to publish.

    Attributes:
        version: The version to publish.
        commit: The commit of the sources to build from.
        tip: The latest commit of the pages branch; empty if there is none.
        shelf: The versions on the pages branch.
        before: The previous version; `None` for the first.
        is_built: Whether the version is already on the branch, from an interrupted run.
        has_tag: Whether its tag already exists, for example because the tag started the release.
    """

    version: Version
    commit: str
    tip: str
    shelf: Shelf
    before: Published | None
    is_built: bool
    has_tag: bool


def make_plan(
    pages: PagesBranch, version: Version, site: Site, *, push: bool, dry_run: bool = False
) -> ReleasePlan:
    """Check the state and make a plan.

    Args:
        pages: The pages branch.
        version: The version to publish.
        site: The site, with its layers.
        push: Whether to push the version to the remote.
        dry_run: Whether nothing is committed, so that git needs no committer identity.

    Raises:
        ReleaseError: The version cannot be published.
        GitError: Git cannot determine the state.
    """
    if not dry_run:
        pages.check_identity()
    changes = pages.changes(layer_folders(site))
    if changes:
        more = f" and {len(changes) - 1:,} more" if len(changes) > 1 else ""
        raise ReleaseError(f"Uncommitted changes: {visible(changes[0])}{more}. Commit, stash or ignore them.")
    if push:
        pages.fetch(version)
    tip, commit = pages.tip(), pages.head()
    shelf = pages.shelf(tip)
    published = shelf.published()
    done, tagged = find(published, version), pages.tagged(version)
    if done is None:
        _check_order(version, published)
    elif tagged and not _is_unfinished(pages, version, tip, push=push):
        raise ReleaseError(f"Version {version} already exists. Use the next number.")
    commit = done.commit if done and done.commit else commit
    if tagged and tagged != commit:
        raise ReleaseError(
            f"Tag {version} is on another commit. Check out {pages.short(tagged)} to publish the version."
        )
    before = next((each for each in published if each.version < version), None)
    return ReleasePlan(version, commit, tip, shelf, before, done is not None, bool(tagged))


def layer_folders(site: Site) -> list[Path]:
    """Return the folders of layers in the repository; for one in a submodule, the submodule."""
    top = repository_top(site.root)
    folders = [layer.root for layer in site.layers if not layer.prefix.startswith(PACKAGE)]
    return [folder if repository_top(folder) == top else repository_top(folder) for folder in folders]


def _is_unfinished(pages: PagesBranch, version: Version, tip: str, *, push: bool) -> bool:
    """Return whether branch or tag is missing, here or on the remote."""
    return pages.plan(tip, "").was != tip or (push and not pages.is_pushed(version))


def _check_order(version: Version, published: list[Published]) -> None:
    newest = published[0].version if published else None
    if newest is not None and version < newest:
        raise ReleaseError(
            f"Version {version} is older than {newest}, the latest on {BRANCH}. Use a later number."
        )
