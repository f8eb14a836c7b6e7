"""`handbook digest`: what has changed, what needs attention and what is coming up."""

from __future__ import annotations

import argparse
import os
import re
from datetime import date, timedelta
from importlib import import_module
from urllib.parse import urljoin

from handbook.cli.errors import UsageError
from handbook.cli.loading import add_as_of_option, load_whole
from handbook.cli.streams import print_text
from handbook.compare.comparison import Comparison, compare
from handbook.compare.git import GitError
from handbook.compare.seen import as_seen
from handbook.compare.states import NOW, State, state_of_commit
from handbook.digest import FORMATS
from handbook.digest.address import Address
from handbook.digest.news import gather
from handbook.figures.words import in_words
from handbook.handbook import Handbook
from handbook.release.errors import ReleaseError
from handbook.release.pages_branch import PagesBranch
from handbook.release.versions import LATEST

_WEEK = timedelta(days=7)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NOTES = "handbook/digests"
"""Where, inside git's own folder, it is noted what was sent."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Says what the command takes."""
    add_as_of_option(parser)
    parser.add_argument(
        "--since",
        metavar="WHEN",
        help="the earlier state: a day, as 2026-12-31, or a commit, branch or tag (default: a week ago)",
    )
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help="how the digest is printed (default: text)"
    )
    parser.add_argument(
        "--post",
        action="store_true",
        help="send it to Slack, to the webhook whose address is in HANDBOOK_SLACK_WEBHOOK, instead of "
        "printing it; the same digest is not sent twice from one clone",
    )


def run(options: argparse.Namespace) -> int:
    """Runs the command and gives its exit code."""
    handbook = load_whole(options.as_of)
    site = handbook.site
    try:
        pages = PagesBranch(site.root)
        since, comparison = _compared(handbook, pages, options.since)
        published = pages.shelf(pages.tip()).published()
    except (GitError, ReleaseError) as error:
        raise UsageError(str(error)) from error
    url = urljoin(site.url, f"{LATEST}/") if site.url and published else site.url
    address = Address(url, site.directory_urls)
    news = gather(site.name, since, comparison, handbook.basis)
    if not options.post:
        print_text(import_module(FORMATS[options.format]).render(news, address))
        return 0
    if news.is_empty:
        print_text("There is nothing to tell; nothing was sent.\n")
        return 0
    from handbook.digest import sending, slack  # noqa: PLC0415 - printing does not wait for what sends

    to = os.environ.get(sending.VARIABLE, "").strip()
    try:
        sending.check_address(to)
        sent = sending.send_once(slack.message(news, address), to, pages.kept(_NOTES))
    except (GitError, sending.SendingError) as error:
        raise UsageError(str(error)) from error
    print_text("Sent.\n" if sent else "This was sent already; nothing was sent again.\n")
    return 0


def _compared(handbook: Handbook, pages: PagesBranch, since: str | None) -> tuple[str, Comparison]:
    """What has changed, for the audience of the handbook, and since when, in words.

    Raises:
        GitError: Git does not know the commit.
        UsageError: There is no such day.
    """
    day = _day(since) if since else handbook.context.today - _WEEK
    commit = pages.commit(since or "") if day is None else pages.as_of(day)
    words = (since or "") if day is None else in_words(day)
    before = state_of_commit(handbook.site, pages, commit, words)
    now = State(NOW, handbook.context)
    return words, compare(as_seen(before, handbook.audience), as_seen(now, handbook.audience))


def _day(text: str) -> date | None:
    """A day; `None` when it is not written as one."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--since: there is no day {text}") from None
