"""`handbook confirm`: say that entries are still right, and move their review dates on."""

from __future__ import annotations

import argparse
from datetime import date

from handbook.base.words import shown
from handbook.cli.changing import KIND_HELP, add_dry_run_option, add_examples, change, open_site
from handbook.write.proposal import Operation


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    parser.add_argument("kind", metavar="KIND", help=f"{KIND_HELP}, or page")
    parser.add_argument("ids", metavar="ID", nargs="+", help="Entry ID; of a page, its path")
    parser.add_argument(
        "--next",
        metavar="DATE",
        type=_day,
        help="Date of the next review; by default as far away as it was after the last one, and half a year "
        "after the first",
    )
    add_dry_run_option(parser)
    add_examples(parser, "confirm metric customer-churn", "confirm page docs/start/find.md --next 2027-06-01")


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        message = f"{shown(text)} is not a date as YYYY-MM-DD"
        raise argparse.ArgumentTypeError(message) from None


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    context = open_site()
    operations = [Operation("confirm", options.kind, each, next=options.next or "") for each in options.ids]
    return change(context, operations, is_dry=options.dry_run)
