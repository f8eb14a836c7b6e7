"""`handbook release`: publishes the handbook as a version that stays."""

from __future__ import annotations

import argparse
from pathlib import Path

from handbook.cli.errors import UsageError
from handbook.cli.output import put_out
from handbook.cli.streams import print_error, print_text
from handbook.compare.checker import find_in_changes
from handbook.compare.comparison import compare
from handbook.compare.git import GitError
from handbook.compare.states import NOW, State
from handbook.handbook import Handbook, load, with_findings
from handbook.publish.build import BuildError
from handbook.read.files import Site, find_site
from handbook.release.errors import ReleaseError
from handbook.release.pages_branch import BRANCH, REMOTE, PagesBranch
from handbook.release.plan import Plan, make_plan
from handbook.release.publishing import (
    build_and_compose,
    compare_as_readers,
    compose_tag,
    make_edition,
    put_in_place,
    state_before,
)
from handbook.release.versions import LATEST, parse_version
from handbook.report.changes import text
from handbook.write.errors import NotWrittenError


def configure(parser: argparse.ArgumentParser) -> None:
    """Says what the command takes."""
    parser.add_argument("version", metavar="VERSION", help="the year and a number, such as 2026.4")
    parser.add_argument(
        "--dry-run", action="store_true", help="check, compare and build, but leave branch and tag alone"
    )
    parser.add_argument(
        "--push", action="store_true", help=f"give branch and tag to the remote `{REMOTE}`, too"
    )


def run(options: argparse.Namespace) -> int:
    """Runs the command and gives its exit code."""
    site = find_site(Path())
    try:
        version = parse_version(options.version)
        pages = PagesBranch(site.root)
        # Not even what the remote has is fetched when nothing is to change.
        plan = make_plan(pages, version, push=options.push and not options.dry_run)
        if plan.is_built:
            return _complete(plan, pages, dry_run=options.dry_run, push=options.push)
        return _publish(plan, pages, site, dry_run=options.dry_run, push=options.push)
    except (GitError, NotWrittenError, ReleaseError) as error:
        raise UsageError(str(error)) from error
    except BuildError as error:
        print_error(str(error))
        return 1


def _complete(plan: Plan, pages: PagesBranch, *, dry_run: bool, push: bool) -> int:
    """Does what a run has left that was ended before its time."""
    print_text(
        f"Version {plan.version} lies on {BRANCH} already; branch and tag are put where they belong.\n"
    )
    if not dry_run:
        put_in_place(plan, pages, pages.plan(plan.tip, compose_tag(plan, pages)), push=push)
    return 0


def _publish(plan: Plan, pages: PagesBranch, site: Site, *, dry_run: bool, push: bool) -> int:
    handbook = load(site)
    before = state_before(plan, pages, handbook)
    if before is not None:
        handbook = _with_changes(handbook, before)
    if not handbook.is_sound:
        put_out(handbook.report)
        return 1
    comparison = None if before is None else compare_as_readers(handbook, before)
    if comparison is not None:
        print_text(text.render(comparison))
    edition = make_edition(plan, handbook, comparison)
    moves = build_and_compose(plan, pages, handbook, edition)
    if dry_run:
        print_text(f"Would be published: {_told(plan, pages, push=push)}\n")
        return 0
    put_in_place(plan, pages, moves, push=push)
    print_text(f"Published: {_told(plan, pages, push=push)}\n")
    return 0


def _with_changes(handbook: Handbook, before: State) -> Handbook:
    """A handbook with what rules about changes say since the version before."""
    comparison = compare(before, State(NOW, handbook.context))
    return with_findings(handbook, find_in_changes(comparison, handbook.context.settings))


def _told(plan: Plan, pages: PagesBranch, *, push: bool) -> str:
    """What a release does, as the end of a sentence."""
    follows = f"after {plan.before.version}" if plan.before else "the first"
    tag = "its tag is there" if plan.has_tag else f"tagged {plan.version}"
    where = f"pushed to {REMOTE}" if push else "not pushed"
    return (
        f"version {plan.version}, {follows}, from {pages.short(plan.commit)}: one commit on {BRANCH} with "
        f"{LATEST} moved; {tag}; {where}."
    )
