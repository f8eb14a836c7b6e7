"""`handbook remove`: remove an entry, and keep its address."""

from __future__ import annotations

import argparse

from handbook.cli.changing import add_dry_run_option, add_entry, add_examples, change, open_site
from handbook.write.proposal import Operation


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    add_entry(parser)
    either = parser.add_mutually_exclusive_group(required=True)
    either.add_argument("--why", metavar="TEXT", default="", help="Reason, which the old address shows")
    either.add_argument(
        "--instead",
        metavar="ID",
        default="",
        help="Entry that replaces it, for references and the old address; KIND/ID if its type differs",
    )
    add_dry_run_option(parser)
    add_examples(
        parser,
        'remove checklist launch --why "The launch process has its items."',
        "remove template spec --instead prd --dry-run",
    )


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    operation = Operation("remove", options.kind, options.id, instead=options.instead, why=options.why)
    return change(open_site(), [operation], is_dry=options.dry_run)
