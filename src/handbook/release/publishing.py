"""Publishes a version: compares, builds, composes one commit, and moves branch and tag."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from handbook.compare.comparison import Comparison, compare
from handbook.compare.git import GitError
from handbook.compare.seen import as_seen
from handbook.compare.states import State, state_of_commit
from handbook.handbook import Handbook
from handbook.publish.assets import FORWARD_SCRIPT, STYLE
from handbook.publish.build import build_with_mkdocs
from handbook.publish.edition import Edition
from handbook.publish.forwarding import forwarding_page
from handbook.release.errors import ReleaseError
from handbook.release.pages_branch import Moves, PagesBranch
from handbook.release.plan import Plan
from handbook.release.versions import LATEST
from handbook.release.what_changed import first_version, what_changed
from handbook.write.errors import reason
from handbook.write.target import MARK

_NOT_FOUND = "404.html"


def state_before(plan: Plan, pages: PagesBranch, handbook: Handbook) -> State | None:
    """The sources of the version before; `None` when this is the first.

    Raises:
        ReleaseError: Nobody knows any more which commit that was, or git has it not.
    """
    if plan.before is None:
        return None
    name = str(plan.before.version)
    commit = plan.before.commit or pages.tagged(plan.before.version)
    try:
        return state_of_commit(handbook.site, pages, pages.commit(commit), name)
    except GitError as error:
        raise ReleaseError(
            f"the sources of version {name} are not here to compare with; fetch the whole history and its "
            "tags: `git fetch --unshallow --tags`, or `fetch-depth: 0` in CI"
        ) from error


def compare_as_readers(handbook: Handbook, before: State) -> Comparison:
    """What lies between a version and the handbook for those whom the site is for."""
    now = State("the new version", handbook.context)
    return compare(as_seen(before, handbook.audience), as_seen(now, handbook.audience))


def make_edition(plan: Plan, handbook: Handbook, comparison: Comparison | None) -> Edition:
    """The version with the account of what it changes."""
    if comparison is None or plan.before is None:
        return Edition(str(plan.version), first_version())
    directory_urls = handbook.site.directory_urls
    changes = what_changed(comparison, str(plan.before.version), directory_urls=directory_urls)
    return Edition(str(plan.version), changes)


def build_and_compose(plan: Plan, pages: PagesBranch, handbook: Handbook, edition: Edition) -> Moves:
    """Builds the site strictly and puts the commit together. Branch and tag stay where they are.

    Raises:
        BuildError: The site engine refused.
        ReleaseError: The sources have changed while it built, or the system doesn't let us write.
        NotWrittenError: The system doesn't let us write.
        GitError: Git cannot put it together.
    """
    try:
        with TemporaryDirectory(prefix="handbook-") as aside:
            commit = _build_and_commit(plan, pages, handbook, edition, Path(aside) / "site")
    except OSError as error:
        raise ReleaseError(f"the website can't be written to a temporary folder: {reason(error)}") from error
    return pages.plan(commit, compose_tag(plan, pages))


def _build_and_commit(
    plan: Plan, pages: PagesBranch, handbook: Handbook, edition: Edition, built: Path
) -> str:
    build_with_mkdocs(handbook, built, strict=True, edition=edition)
    # What is published is replaced by no build.
    (built / MARK).unlink()
    if pages.changes() or pages.head() != plan.commit:
        raise ReleaseError("the sources have changed while the site was built; run the command again")
    files = {".nojekyll": "", "versions.json": plan.shelf.with_latest(plan.version, plan.commit)}
    if not pages.has_file(plan.tip, "index.html"):
        to = f"{LATEST}/"
        script = f"{to}{FORWARD_SCRIPT}"
        files["index.html"] = forwarding_page("The newest version of this handbook", to, script, to)
    files |= _not_found(built, plan, pages)
    message = f"Version {plan.version}, built from {pages.short(plan.commit)}"
    return pages.compose(plan.tip, plan.version, built, files, message)


def _not_found(built: Path, plan: Plan, pages: PagesBranch) -> Mapping[str, str]:
    """The newest version's page for addresses without one, where hosts look for it: at the top.

    There it needs to know its way, which it does when `mkdocs.yml` says where the site is. One that somebody
    has laid there stays.
    """
    page = built / _NOT_FOUND
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    ours = f"/{LATEST}/{STYLE}" in text and not pages.has_own_file(plan.tip, _NOT_FOUND)
    return {_NOT_FOUND: text} if ours else {}


def compose_tag(plan: Plan, pages: PagesBranch) -> str:
    """The tag that is still to be made; empty when it is there."""
    return "" if plan.has_tag else pages.compose_tag(plan.version, plan.commit, f"Version {plan.version}")


def put_in_place(plan: Plan, pages: PagesBranch, moves: Moves, *, push: bool) -> None:
    """Gives readers the version.

    What the remote has taken is true, so it comes first: when it refuses, nothing has changed anywhere, and
    a run that ends in between is completed by the next, which sees what the remote has.

    Raises:
        GitError: The remote or this repository does not take it.
    """
    if push:
        pages.push(plan.version, moves)
    pages.move(plan.version, moves)
