"""Publish a version: compare, build, compose one commit, and move branch and tag."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from handbook.base.language import speaking
from handbook.base.temporary import temporary_folder
from handbook.diff.comparison import Comparison
from handbook.diff.git_process import GitError
from handbook.diff.states import State, state_of_commit
from handbook.loaded.handbook import Handbook
from handbook.publish.assets import FORWARD_SCRIPT, STYLE
from handbook.publish.build import build_with_mkdocs
from handbook.publish.forwarding import forwarding_page
from handbook.publish.no_address import MISSING
from handbook.release.errors import ReleaseError
from handbook.release.pages_branch import Moves, PagesBranch
from handbook.release.plan import ReleasePlan, layer_folders
from handbook.release.versions import LATEST, Published
from handbook.release.what_changed import first_version, what_changed
from handbook.write.errors import reason
from handbook.write.target import MARK


def state_before(before: Published | None, pages: PagesBranch, handbook: Handbook) -> State | None:
    """Return the sources of the previous version; `None` for the first version.

    Raises:
        ReleaseError: The commit of the previous version is unknown, or not in this clone.
    """
    if before is None:
        return None
    name = str(before.version)
    commit = before.commit or pages.tagged(before.version)
    try:
        return state_of_commit(handbook.site, pages, pages.commit(commit), name)
    except GitError as error:
        raise ReleaseError(
            f"The sources of version {name} are not available for comparison. Fetch the full history and "
            "tags: run `git fetch --unshallow --tags`, or set `fetch-depth: 0` in CI."
        ) from error


def list_changes(before: Published | None, handbook: Handbook, comparison: Comparison | None) -> str:
    """Return the changes since the previous version, as Markdown."""
    directory_urls = handbook.site.directory_urls
    with speaking(handbook.language):
        if comparison is None or before is None:
            return first_version()
        return what_changed(comparison, str(before.version), directory_urls=directory_urls)


def try_build(plan: ReleasePlan, pages: PagesBranch, handbook: Handbook, changes: str) -> None:
    """Build the site in strict mode as for a release, and commit nothing.

    Raises:
        BuildError: The site engine failed.
        ReleaseError: The sources changed during the build, or the system refuses to write.
        NotWrittenError: The system refuses to write.
    """
    with temporary_site() as built:
        _build(plan, pages, handbook, changes, built)


def build_and_compose(plan: ReleasePlan, pages: PagesBranch, handbook: Handbook, changes: str) -> Moves:
    """Build the site in strict mode and compose the commit. Branch and tag stay unchanged.

    Raises:
        BuildError: The site engine failed.
        ReleaseError: The sources changed during the build, or the system refuses to write.
        NotWrittenError: The system refuses to write.
        GitError: Git cannot compose the commit.
    """
    with temporary_site() as built:
        _build(plan, pages, handbook, changes, built)
        commit = _commit(plan, pages, built)
    return pages.plan(commit, compose_tag(plan, pages))


@contextmanager
def temporary_site() -> Iterator[Path]:
    """Yield a path for a site that is removed at the end.

    Raises:
        ReleaseError: The system refuses to write.
    """
    try:
        with temporary_folder() as aside:
            yield Path(aside) / "site"
    except OSError as error:
        raise ReleaseError(f"Could not write the site to a temporary folder: {reason(error)}") from error


def _build(plan: ReleasePlan, pages: PagesBranch, handbook: Handbook, changes: str, built: Path) -> None:
    build_with_mkdocs(handbook, built, strict=True, changes=changes)
    # Without the mark, no later build replaces the published site.
    (built / MARK).unlink()
    if pages.changes(layer_folders(handbook.site)) or pages.head() != plan.commit:
        raise ReleaseError("The sources changed during the build. Run the command again.")


def _commit(plan: ReleasePlan, pages: PagesBranch, built: Path) -> str:
    files = {".nojekyll": "", "versions.json": plan.shelf.with_latest(plan.version, plan.commit)}
    if not pages.has_file(plan.tip, "index.html"):
        to = f"{LATEST}/"
        script = f"{to}{FORWARD_SCRIPT}"
        files["index.html"] = forwarding_page("The latest version of this handbook", to, script, to)
    files |= _not_found(built, plan, pages)
    message = f"Version {plan.version}, built from {pages.short(plan.commit)}"
    return pages.compose(plan.tip, plan.version, built, files, message)


def _not_found(built: Path, plan: ReleasePlan, pages: PagesBranch) -> Mapping[str, str]:
    """Return the latest version's error page for the top folder, where hosts look for it.

    Its links work there only if `mkdocs.yml` has the address of the site. An error page that someone has put
    there stays unchanged.
    """
    page = built / MISSING
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    ours = f"/{LATEST}/{STYLE}" in text and not pages.has_own_file(plan.tip, MISSING)
    return {MISSING: text} if ours else {}


def compose_tag(plan: ReleasePlan, pages: PagesBranch) -> str:
    """Create the tag if it is missing; return an empty text if it exists."""
    return "" if plan.has_tag else pages.compose_tag(plan.version, plan.commit, f"Version {plan.version}")


def put_in_place(plan: ReleasePlan, pages: PagesBranch, moves: Moves, *, push: bool) -> None:
    """Publish the version to readers.

    The remote comes first: if it refuses, nothing has changed anywhere. The next run completes a run that was
    interrupted in between, because it fetches the state of the remote.

    Raises:
        GitError: The remote or this repository refuses.
    """
    if push:
        pages.push(plan.version, moves)
    pages.move(plan.version, moves)
