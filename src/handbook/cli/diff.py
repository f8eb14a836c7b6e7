"""`handbook diff`: what has changed for readers between two states of the handbook."""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path

from handbook.cli.against import compared
from handbook.cli.streams import print_text
from handbook.compare.weights import WEIGHTS
from handbook.read.files import find_site
from handbook.report.changes import FORMATS


def configure(parser: argparse.ArgumentParser) -> None:
    """Says what the command takes."""
    parser.add_argument(
        "base",
        metavar="BASE",
        nargs="?",
        help="the earlier state: a commit, branch or tag (default: where this branch left the main one)",
    )
    parser.add_argument(
        "head",
        metavar="HEAD",
        nargs="?",
        help="the later state (default: the files as they are, committed or not)",
    )
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help="how changes are printed (default: text)"
    )
    parser.add_argument(
        "--fail-on",
        choices=WEIGHTS[:2],
        help="end with 1 when some change weighs that much",
    )


def run(options: argparse.Namespace) -> int:
    """Runs the command and gives its exit code."""
    comparison = compared(find_site(Path()), options.base, options.head)
    print_text(import_module(FORMATS[options.format]).render(comparison))
    weights = WEIGHTS[: WEIGHTS.index(options.fail_on) + 1] if options.fail_on else ()
    return 1 if any(comparison.weights[weight] for weight in weights) else 0
