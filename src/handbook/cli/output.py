"""What commands that find something share: the format of what they print, and the exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import TextIO

from handbook.findings import Report
from handbook.report import FORMATS
from handbook.report.text import render


def add_format_option(parser: argparse.ArgumentParser) -> None:
    """Adds `--format`, for `put_out`."""
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help="how findings are printed (default: text)"
    )


def add_strict_option(parser: argparse.ArgumentParser) -> None:
    """Adds `--strict`, for `exit_code`."""
    parser.add_argument("--strict", action="store_true", help="end with 1 at warnings, too")


def put_out(report: Report, name: str = "text") -> None:
    """Prints a report in the format of that name."""
    if name == "text":
        _print(render(report, colour=may_colour(sys.stdout, os.environ)))
    else:
        _print(import_module(FORMATS[name]).render(report))


def exit_code(report: Report, *, strict: bool) -> int:
    """1 when something must be mended: an error, or in strict mode a warning."""
    return 1 if report.summary.errors or (strict and report.summary.warnings) else 0


def may_colour(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Whether colours would be seen as colours and are welcome."""
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    # The console of older Windows shows the codes instead of obeying them; it sets neither of these.
    obeys = os.name != "nt" or bool(environment.keys() & {"TERM", "WT_SESSION"})
    return stream.isatty() and obeys and environment.get("TERM") != "dumb"


def _print(text: str) -> None:
    """Prints a text, with what the output cannot encode written as its number."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding), end="")
