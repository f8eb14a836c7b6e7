"""`handbook rules`: explain validation rules."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from handbook.check.runner import rules_off
from handbook.cli.errors import UsageError
from handbook.cli.streams import print_text, print_warning
from handbook.loaded.rulebook import FORMER_NAMES, RULEBOOK, find_rule, no_such_rule
from handbook.output.rules import render_rule, render_rules
from handbook.read.files import NoSiteError, find_site
from handbook.read.sources import read_context

_UNLIMITED = 10_000


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    parser.add_argument(
        "code", nargs="?", metavar="CODE", help="Code or name of one rule, such as HB203 (default: all)"
    )


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    # Programs that read from a pipe get whole lines.
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _UNLIMITED
    if options.code is None:
        print_text(render_rules(RULEBOOK.values(), width, _off()))
        return 0
    rule = find_rule(options.code)
    if rule is None:
        raise UsageError(no_such_rule(options.code))
    if options.code.lower() in FORMER_NAMES:
        print_warning(
            f"The rule `{options.code.lower()}` was renamed to `{rule.name}`. "
            "The former name is removed in the next release"
        )
    print_text(render_rule(rule, width, _off()))
    return 0


def _off() -> Mapping[str, str]:
    """Return the rules that are off in the site of the working directory; none without a site."""
    try:
        site = find_site(Path())
    except NoSiteError:
        return {}
    return rules_off(read_context(site, date.max), RULEBOOK.values())  # the day makes no difference
