"""`handbook digest`: report changes, items that need attention and upcoming events."""

from __future__ import annotations

import argparse
import json
import re
from datetime import date

from handbook.base.days import days_after
from handbook.base.language import speaking
from handbook.base.sentences import in_words
from handbook.cli.address import published_address
from handbook.cli.errors import UsageError
from handbook.cli.loading import add_as_of_option, load_whole
from handbook.cli.streams import print_text
from handbook.diff.comparison import Comparison
from handbook.diff.seen import compare_as_seen
from handbook.diff.states import NOW, State, state_of_commit
from handbook.digest import text
from handbook.digest.news import News, gather
from handbook.link.address import Address
from handbook.loaded.handbook import Handbook
from handbook.release.pages_branch import PagesBranch

_WEEK = 7
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NOTES = "handbook/digests"
"""The folder inside git's own folder with a note of each digest that was sent."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    add_as_of_option(parser)
    parser.add_argument(
        "--since",
        metavar="WHEN",
        help="Start of the period: a date (YYYY-MM-DD), commit, branch or tag (default: a week ago)",
    )
    parser.add_argument(
        "--format", choices=("text", "slack", "teams"), default="text", help="Output format (default: text)"
    )
    parser.add_argument(
        "--post",
        action="store_true",
        help="Post to the webhook of Slack in HANDBOOK_SLACK_WEBHOOK and that of Microsoft Teams in "
        "HANDBOOK_TEAMS_WEBHOOK, whichever is set, instead of printing; a digest is sent only once from one "
        "clone",
    )


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    handbook = load_whole(options.as_of)
    site = handbook.site
    pages = PagesBranch(site.root)
    address = published_address(site, pages)
    with speaking(handbook.language):
        since, comparison = _compared(handbook, pages, options.since)
        news = gather(site.name, since, comparison, handbook.basis)
    if not options.post and options.format == "text":
        print_text(text.render(news, address))
        return 0
    return _post(news, address, pages) if options.post else _show(options.format, news, address)


def _show(name: str, news: News, address: Address) -> int:
    """Print a message as JSON, as it would be sent."""
    from handbook.digest import slack, teams  # noqa: PLC0415 - slow, and only messages need these modules

    made = (slack if name == "slack" else teams).message(news, address)
    print_text(json.dumps(made, ensure_ascii=False, indent=2) + "\n")
    return 0


def _post(news: News, address: Address, pages: PagesBranch) -> int:
    """Send a digest to every chat with a webhook, unless it was sent there before."""
    from handbook.digest import sending, slack, teams  # noqa: PLC0415 - as above

    if news.is_empty:
        print_text("Nothing to report; no digest sent.\n")
        return 0
    chats = ((sending.SLACK, slack.message), (sending.TEAMS, teams.message))
    webhooks = [(chat, to, make) for chat, make in chats if (to := sending.address_of(chat))]
    if not webhooks:
        raise UsageError(
            f"Missing webhook. Set {sending.SLACK.variable} to the URL of an incoming webhook of Slack, or "
            f"{sending.TEAMS.variable} to that of a workflow of Microsoft Teams"
        )
    for chat, to, make in webhooks:
        sent = sending.send_once(make(news, address), chat, to, pages.kept(_NOTES))
        print_text(
            f"Sent the digest to {chat.name}.\n" if sent else f"Already sent to {chat.name}; skipped.\n"
        )
    return 0


def _compared(handbook: Handbook, pages: PagesBranch, since: str | None) -> tuple[str, Comparison]:
    """Return the start of the period in words, and the changes that the audience of the handbook sees.

    Raises:
        GitError: Git does not know the commit.
        UsageError: The date does not exist.
    """
    day = _day(since) if since else days_after(handbook.context.today, -_WEEK)
    commit = pages.commit(since or "") if day is None else pages.as_of(day)
    words = (since or "") if day is None else in_words(day)
    before = state_of_commit(handbook.site, pages, commit, words)
    now = State(NOW, handbook.context)
    return words, compare_as_seen(before, now, handbook.audience)


def _day(text: str) -> date | None:
    """Parse a date; return `None` if the text does not have the form of a date."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--since: {text} is not a valid date") from None
