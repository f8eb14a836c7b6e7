"""Build the unreleased handbook next to its published versions, as a host serves them."""

from __future__ import annotations

import shutil
from pathlib import Path

from handbook.base.language import _, speaking
from handbook.diff.seen import compare_as_seen
from handbook.diff.states import NOW, State
from handbook.loaded.handbook import Handbook
from handbook.publish.build import build_with_mkdocs
from handbook.publish.made_files import ready, write_files
from handbook.release.pages_branch import PagesBranch
from handbook.release.publishing import list_changes, state_before, temporary_site
from handbook.release.versions import UNRELEASED
from handbook.write.folder import replace_folder
from handbook.write.target import MARK


def build_side_by_side(handbook: Handbook, target: Path, *, strict: bool) -> None:
    """Build a folder with all published versions and the unreleased state.

    Before the first version, the folder is the site itself. Later, its addresses lead to the latest version.

    Args:
        handbook: The handbook.
        target: The folder to replace.
        strict: Whether warnings of the site engine fail the build.

    Raises:
        BuildError: The site engine failed. The target is unchanged.
        ReleaseError: The published versions are not in this clone.
        GitError: Git cannot read them.
        NotWrittenError: The target must not be replaced, or the system refuses to write.
    """
    pages = PagesBranch(handbook.site.root)
    pages.check_complete()
    tip = pages.tip()
    shelf = pages.shelf(tip)
    published = shelf.published()
    if not published:
        build_with_mkdocs(handbook, target, strict=strict)
        return
    before = state_before(published[0], pages, handbook)
    now = State(NOW, handbook.context)
    comparison = None if before is None else compare_as_seen(before, now, handbook.audience)
    changes = list_changes(published[0], handbook, comparison)
    with replace_folder(handbook.site, target) as folder, temporary_site() as built:
        build_with_mkdocs(handbook, built, strict=strict, changes=changes)
        (built / MARK).unlink()
        for path, content in pages.published_files(tip):
            if path.partition("/")[0] != UNRELEASED:
                write_files(ready({path: content}), folder)
        shutil.copytree(built, folder / UNRELEASED)
        with speaking(handbook.language):
            versions = shelf.with_unreleased(_("Unreleased"))
        write_files(ready({"versions.json": versions.encode()}), folder)
