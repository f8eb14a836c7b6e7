"""Load a complete handbook, with the options that the commands share: the audience and the date."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from handbook.base.findings import Severity
from handbook.base.words import count
from handbook.check.runner import hides_entries
from handbook.cli.errors import UsageError
from handbook.loaded.handbook import Handbook, load, load_entries
from handbook.loaded.remembering import remembering
from handbook.read.audiences import AUDIENCES, USUAL, may_see
from handbook.read.files import find_site

_HELD: list[Handbook] = []


def add_as_of_option(parser: argparse.ArgumentParser, purpose: str = "Date to use as today") -> None:
    """Add `--as-of`, a date or `None`."""
    parser.add_argument(
        "--as-of",
        type=_day,
        metavar="DATE",
        help=f"{purpose}, as YYYY-MM-DD (default: `as_of` from settings, or today)",
    )


def add_audience_option(parser: argparse.ArgumentParser) -> None:
    """Add `--audience`, for `load_whole`."""
    parser.add_argument(
        "--audience",
        choices=AUDIENCES,
        help=f"Show only content visible to this audience (default: from settings, at least {USUAL})",
    )


def load_whole(
    as_of: date | None = None, audience: str | None = None, *, for_entries: bool = False
) -> Handbook:
    """Load the handbook of the working directory with every entry that an audience can see.

    Args:
        as_of: The date to use as today. By default, as in the settings.
        audience: The audience. By default, the one from the settings, and at least the company: anyone who
            has the sources belongs to it, whatever the site shows.
        for_entries: Whether only the entries are of interest, and no findings.

    Raises:
        UsageError: An error hides entries, so the output would be incomplete. Findings of content rules,
            such as a tool without an owner, hide no entries.
        NoSiteError: The working directory is not in a handbook.
    """
    with remembering(Path(), is_whole=not for_entries):
        site = find_site(Path())
        handbook = load_entries(site, audience) if for_entries else load(site, as_of, audience)
    if audience is None and not may_see(handbook.audience, USUAL):
        handbook = Handbook(handbook.context, handbook.report, USUAL)
    number = sum(
        finding.severity is Severity.ERROR and hides_entries(finding.code)
        for finding in handbook.report.findings
    )
    if number:
        errors = count(number, "error")
        raise UsageError(f"Found {errors} in the sources. Run `handbook validate` for details and fixes.")
    return held(handbook)


def held(handbook: Handbook) -> Handbook:
    """Return a handbook, and hold it until the command ends: freeing all its objects before takes long."""
    _HELD[:] = [handbook]
    return handbook


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"{text} is not a valid date; use YYYY-MM-DD"
        raise argparse.ArgumentTypeError(message) from None
