"""`handbook release`: publish the handbook as a permanent version."""

from __future__ import annotations

import argparse
from pathlib import Path

from handbook.cli.output import write_report
from handbook.cli.streams import print_error, print_text
from handbook.diff.checker import find_in_changes
from handbook.diff.comparison import compare_states
from handbook.diff.rules import RULES
from handbook.diff.seen import compare_as_seen
from handbook.diff.states import NOW, State
from handbook.loaded.handbook import Handbook, load, with_findings
from handbook.output.changes import text
from handbook.publish.errors import BuildError
from handbook.read.files import Site, find_site
from handbook.read.layers import with_layers
from handbook.release.pages_branch import BRANCH, REMOTE, PagesBranch
from handbook.release.plan import ReleasePlan, make_plan
from handbook.release.publishing import (
    build_and_compose,
    compose_tag,
    list_changes,
    put_in_place,
    state_before,
    try_build,
)
from handbook.release.versions import LATEST, parse_version


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    parser.add_argument("version", metavar="VERSION", help="Year and number, such as 2026.4")
    parser.add_argument(
        "--dry-run", action="store_true", help="Validate, compare and build without changing branch or tag"
    )
    parser.add_argument(
        "--push", action="store_true", help=f"Also push branch and tag to the remote `{REMOTE}`"
    )


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    site = with_layers(find_site(Path()))
    try:
        version = parse_version(options.version)
        pages = PagesBranch(site.root)
        # A dry run does not even fetch from the remote.
        plan = make_plan(
            pages, version, site, push=options.push and not options.dry_run, dry_run=options.dry_run
        )
        if plan.is_built:
            return _complete(plan, pages, dry_run=options.dry_run, push=options.push)
        return _publish(plan, pages, site, dry_run=options.dry_run, push=options.push)
    except BuildError as error:
        print_error(str(error))
        return 1


def _complete(plan: ReleasePlan, pages: PagesBranch, *, dry_run: bool, push: bool) -> int:
    """Complete a release that was interrupted."""
    print_text(f"Version {plan.version} is already on {BRANCH}; updating branch and tag.\n")
    if not dry_run:
        put_in_place(plan, pages, pages.plan(plan.tip, compose_tag(plan, pages)), push=push)
    return 0


def _publish(plan: ReleasePlan, pages: PagesBranch, site: Site, *, dry_run: bool, push: bool) -> int:
    handbook = load(site)
    before = state_before(plan.before, pages, handbook)
    if before is not None:
        handbook = _with_changes(handbook, before)
    if not handbook.is_sound:
        write_report(handbook.report, fold=True)
        return 1
    comparison = None
    if before is not None:
        now = State("the new version", handbook.context)
        comparison = compare_as_seen(before, now, handbook.audience)
        print_text(text.render(comparison))
    changes = list_changes(plan.before, handbook, comparison)
    if dry_run:
        try_build(plan, pages, handbook, changes)
        print_text(f"Dry run: would publish {_summary(plan, pages, push=push)}.\n")
        return 0
    put_in_place(plan, pages, build_and_compose(plan, pages, handbook, changes), push=push)
    print_text(f"Published {_summary(plan, pages, push=push)}.\n")
    return 0


def _with_changes(handbook: Handbook, before: State) -> Handbook:
    """Return the handbook with the findings about changes since the previous version."""
    comparison = compare_states(before, State(NOW, handbook.context))
    return with_findings(
        handbook, find_in_changes(comparison, handbook.context.settings, handbook.site), RULES
    )


def _summary(plan: ReleasePlan, pages: PagesBranch, *, push: bool) -> str:
    """Return the version and the steps of a release, as the end of a sentence."""
    previous = f"previous version {plan.before.version}" if plan.before else "first version"
    tag = "tag exists already" if plan.has_tag else f"new tag {plan.version}"
    where = f"pushed to {REMOTE}" if push else "not pushed"
    return (
        f"version {plan.version} from {pages.short(plan.commit)}: {previous}, one commit on {BRANCH}, "
        f"{LATEST} updated, {tag}, {where}"
    )
