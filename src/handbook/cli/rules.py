"""`handbook rules`: explain validation rules."""

from __future__ import annotations

import argparse
import shutil
import sys

from handbook.cli.errors import UsageError
from handbook.cli.streams import print_text
from handbook.report.rules import render_rule, render_rules
from handbook.rulebook import RULEBOOK, no_such_rule

_UNLIMITED = 10_000


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    parser.add_argument(
        "code", nargs="?", metavar="CODE", help="Code of one rule, such as HB203 (default: all)"
    )


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    # Programs that read from a pipe get whole lines.
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _UNLIMITED
    if options.code is None:
        print_text(render_rules(RULEBOOK.values(), width))
        return 0
    code = options.code.upper()
    if code not in RULEBOOK:
        raise UsageError(no_such_rule(options.code))
    print_text(render_rule(RULEBOOK[code], width))
    return 0
