"""`handbook validate`: checks every source and says what is wrong."""

from __future__ import annotations

import argparse
from datetime import date
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
    parser.add_argument(
        "--as-of",
        type=_day,
        metavar="DATE",
        help="the day that rules about dates take for today, as 2026-12-31 (default: today)",
    )
    add_format_option(parser)
    add_strict_option(parser)


def run(options: argparse.Namespace) -> int:
    """Runs the command and gives its exit code."""
    handbook = load(find_site(options.folder), options.as_of)
    put_out(handbook.report, options.format)
    return exit_code(handbook.report, strict=options.strict)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"{text} is not a day, written year-month-day"
        raise argparse.ArgumentTypeError(message) from None
