"""What commands that show something share: the day that counts as today, and a handbook that is whole."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from handbook.check.words import count
from handbook.cli.errors import UsageError
from handbook.findings import Severity
from handbook.handbook import Handbook, load
from handbook.read.audiences import AUDIENCES, USUAL, may_see
from handbook.read.files import find_site

_CONTENT = "HB3"
"""What the codes of rules about content begin with."""


def add_as_of_option(parser: argparse.ArgumentParser, purpose: str = "the day to take for today") -> None:
    """Adds `--as-of`, a day or nothing."""
    parser.add_argument(
        "--as-of", type=_day, metavar="DATE", help=f"{purpose}, as 2026-12-31 (default: today)"
    )


def add_audience_option(parser: argparse.ArgumentParser) -> None:
    """Adds `--audience`, for `load_whole`."""
    parser.add_argument(
        "--audience",
        choices=AUDIENCES,
        help=f"leave out what is for a higher audience (default: as the settings say, at least {USUAL})",
    )


def load_whole(as_of: date | None = None, audience: str | None = None) -> Handbook:
    """The handbook around the working directory, with every entry that an audience may see.

    Args:
        as_of: The day to take for today; by default today.
        audience: Who is to see it; by default as the settings say, and the company at least: whoever has
            the sources is one of it, whatever the website shows.

    Raises:
        UsageError: What is wrong keeps entries out, and nobody should take the rest for the whole. What
            rules about content find, such as a tool without an owner, keeps none out.
        NoSiteError: There is none.
    """
    site = find_site(Path())
    handbook = load(site, as_of, audience)
    if audience is None and not may_see(handbook.audience, USUAL):
        handbook = load(site, as_of, USUAL)
    wrong = sum(
        finding.severity is Severity.ERROR and not finding.code.startswith(_CONTENT)
        for finding in handbook.report.findings
    )
    if wrong:
        errors = count(wrong, "error")
        raise UsageError(f"the sources have {errors}; `handbook validate` says where and how to mend them")
    return handbook


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"{text} is not a day, written year-month-day"
        raise argparse.ArgumentTypeError(message) from None
