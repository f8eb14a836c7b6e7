"""`handbook validate`: checks every source and says what is wrong."""

from __future__ import annotations

import argparse
from pathlib import Path

from handbook.cli.output import add_format_option, add_strict_option, exit_code, put_out
from handbook.handbook import load
from handbook.read.files import find_site


def configure(parser: argparse.ArgumentParser) -> None:
    """Says what the command takes."""
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=Path(),
        metavar="FOLDER",
        help="the handbook's folder (default: here)",
    )
    add_format_option(parser)
    add_strict_option(parser)


def run(options: argparse.Namespace) -> int:
    """Runs the command and gives its exit code."""
    handbook = load(find_site(options.folder))
    put_out(handbook.report, options.format)
    return exit_code(handbook.report, strict=options.strict)
