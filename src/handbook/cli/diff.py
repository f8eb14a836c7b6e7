"""`handbook diff`: show reader-facing changes between two versions of the handbook."""

from __future__ import annotations

import argparse
from pathlib import Path

from handbook.cli.against import compare_revisions
from handbook.cli.streams import print_text
from handbook.diff.weights import WEIGHTS
from handbook.output.changes import json_object, markdown, text
from handbook.read.files import find_site

_FORMATS = {"text": text.render, "markdown": markdown.render, "json": json_object.render}


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    parser.add_argument(
        "base",
        metavar="BASE",
        nargs="?",
        help="Base revision: a commit, branch or tag (default: merge base with main)",
    )
    parser.add_argument(
        "head",
        metavar="HEAD",
        nargs="?",
        help="Head revision (default: the working tree)",
    )
    parser.add_argument("--format", choices=_FORMATS, default="text", help="Output format (default: text)")
    parser.add_argument(
        "--fail-on",
        choices=WEIGHTS[:2],
        help="Exit with 1 if any change has this impact or higher",
    )


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    comparison = compare_revisions(find_site(Path()), options.base, options.head)
    print_text(_FORMATS[options.format](comparison))
    weights = WEIGHTS[: WEIGHTS.index(options.fail_on) + 1] if options.fail_on else ()
    return 1 if any(comparison.weights[weight] for weight in weights) else 0
