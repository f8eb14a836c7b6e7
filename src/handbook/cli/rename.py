"""`handbook rename`: give an entry another ID."""

from __future__ import annotations

import argparse

from handbook.cli.changing import add_dry_run_option, add_entry, add_examples, change, open_site
from handbook.write.proposal import Operation


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    add_entry(parser)
    parser.add_argument("to", metavar="NEW_ID", help="New ID: lowercase letters, digits and single hyphens")
    add_dry_run_option(parser)
    add_examples(parser, "rename tool linear linear-app", "rename process launch ship --dry-run")


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    operation = Operation("rename", options.kind, options.id, to=options.to)
    return change(open_site(), [operation], is_dry=options.dry_run)
