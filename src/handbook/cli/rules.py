"""`handbook rules`: explain validation rules."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from handbook.base.language import Language, speaking
from handbook.check.runner import rules_off
from handbook.cli.errors import UsageError
from handbook.cli.streams import print_text, print_warning
from handbook.loaded.rulebook import FORMER_NAMES, RULEBOOK, find_rule, no_such_rule
from handbook.output.rules import render_rule, render_rules
from handbook.read.files import NoSiteError, find_site
from handbook.read.languages import make_language
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
    off, language = _of_site()
    if options.code is None:
        with speaking(language):
            print_text(render_rules(RULEBOOK.values(), width, off))
        return 0
    rule = find_rule(options.code)
    if rule is None:
        raise UsageError(no_such_rule(options.code))
    if options.code.lower() in FORMER_NAMES:
        print_warning(
            f"The rule `{options.code.lower()}` was renamed to `{rule.name}`. "
            "The former name is removed in the next release"
        )
    with speaking(language):
        print_text(render_rule(rule, width, off))
    return 0


def _of_site() -> tuple[Mapping[str, str], Language]:
    """Return the rules that are off in the site of the working directory, and its language.

    Without a site, no rule is off, and the language is English.
    """
    try:
        site = find_site(Path())
    except NoSiteError:
        return {}, Language()
    context = read_context(site, date.max)  # the day makes no difference
    return rules_off(context, RULEBOOK.values()), make_language(site.language, context.settings.words)
