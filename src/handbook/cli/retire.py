"""`handbook retire`: mark an entry as gone, and keep it for people who look for it."""

from __future__ import annotations

import argparse

from handbook.cli.changing import add_dry_run_option, add_entry, add_examples, change, open_site
from handbook.cli.retiring import retirement
from handbook.write.draft import Draft


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    add_entry(parser)
    parser.add_argument(
        "--instead", metavar="ID", default="", help="Entry that replaces it, also where others refer to it"
    )
    add_dry_run_option(parser)
    add_examples(parser, "retire tool jira --instead linear", "retire dashboard growth-signups --dry-run")


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    context = open_site()
    operations = retirement(context, options.kind, options.id, options.instead)
    # Steps and items that name the entry name its replacement; without one, people decide.
    ended = Draft(context).entry(options.kind, options.id)
    return change(context, operations, ("HB345", "HB346"), ended=ended, is_dry=options.dry_run)
