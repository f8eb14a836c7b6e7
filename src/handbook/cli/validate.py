"""`handbook validate`: checks every source and says what is wrong."""

from __future__ import annotations

import argparse
from pathlib import Path

from handbook.handbook import load
from handbook.read.files import find_site
from handbook.report.text import render


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


def run(options: argparse.Namespace) -> int:
    """Runs the command and gives its exit code."""
    handbook = load(find_site(options.folder))
    print(render(handbook.report), end="")
    return 0 if handbook.is_sound else 1
