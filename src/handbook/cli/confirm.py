"""`handbook confirm`: say that entries are still right, and move their review dates on."""

from __future__ import annotations

import argparse
from datetime import date

from handbook.base.words import shown
from handbook.cli.changing import KIND_HELP, add_dry_run_option, add_examples, change, open_site
from handbook.write.errors import NotWrittenError
from handbook.write.proposal import Operation

_PAGE = "page"
"""What people call a page of the docs folder. It is no content type, unless a company has one."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    parser.add_argument("kind", metavar="KIND", help=KIND_HELP)
    parser.add_argument("ids", metavar="ID", nargs="+", help="Entry ID")
    parser.add_argument(
        "--next",
        metavar="DATE",
        type=_day,
        help="Date of the next review; by default as far away as it was after the last one",
    )
    add_dry_run_option(parser)
    add_examples(parser, "confirm metric customer-churn", "confirm process launch --next 2027-06-01")


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        message = f"{shown(text)} is not a date as YYYY-MM-DD"
        raise argparse.ArgumentTypeError(message) from None


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    context = open_site()
    if options.kind == _PAGE and _PAGE not in context.kinds:
        raise NotWrittenError("The review dates of a page are in its front matter. Change `review` there")
    operations = [Operation("confirm", options.kind, each, next=options.next or "") for each in options.ids]
    return change(context, operations, is_dry=options.dry_run)
