"""`handbook upgrade`: adapt the site to the installed version."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from handbook.base.version import __version__
from handbook.cli.streams import print_text
from handbook.read.files import find_site
from handbook.read.sources import read_context
from handbook.write.files import put_all
from handbook.write.upgrading.plan import Place, Plan, plan_upgrade
from handbook.write.upgrading.record import RECORD, read_record, read_shipped


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    parser.add_argument("--dry-run", action="store_true", help="Show what would change, and change nothing")


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    context = read_context(find_site(Path()))
    plan = plan_upgrade(context, read_shipped(), read_record(context.site.root))
    if not options.dry_run:
        put_all(context.site.root, plan.files)
    print_text("".join(f"{line}\n" for line in _lines(plan, is_dry=options.dry_run)))
    return 1 if plan.tasks or (options.dry_run and plan.changes) else 0


def _lines(plan: Plan, *, is_dry: bool) -> Iterator[str]:
    if not (plan.changes or plan.news or plan.tasks):
        yield f"The handbook is up to date with version {__version__}."
        return
    since = f" from version {plan.since}" if plan.since else ""
    yield f"Upgrade{since} to version {__version__}"
    if not since:
        yield f"Without {RECORD}, what was shipped before is unknown. The next upgrade also lists new fields,"
        yield "and shipped files that have changed since you copied them."
    yield from _places("Would change:" if is_dry else "Changed:", plan.changes)
    if plan.news:
        yield from ("", "New:", *(f"  {each}" for each in plan.news))
    yield from _places("To do:", plan.tasks)
    yield from ("", "Run `handbook validate` next." if not is_dry else "Nothing was changed.")


def _places(title: str, places: Sequence[Place]) -> Iterator[str]:
    if places:
        yield from ("", title, *(f"  {each.path}: {each.message}" for each in places))
