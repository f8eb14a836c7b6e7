"""`handbook issues`: open, update and close one issue for each overdue entry."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from handbook.base.language import speaking
from handbook.cli.address import published_address
from handbook.cli.errors import UsageError
from handbook.cli.loading import add_as_of_option, load_whole
from handbook.cli.streams import print_note, print_text
from handbook.diff.git_process import GitError
from handbook.link.address import Address
from handbook.propose.following_up import follow_up
from handbook.propose.gaps import fold
from handbook.propose.github import GitHub
from handbook.propose.gitlab import GitLab
from handbook.propose.overdue import overdue_issues
from handbook.read.day import today
from handbook.read.files import CONFIG, Site, find_site, read_config
from handbook.read.sources import read_context
from handbook.release.pages_branch import PagesBranch
from handbook.render.repository import Repository

_MOST = 10


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    add_as_of_option(parser)
    parser.add_argument(
        "--post",
        action="store_true",
        help="Open, update and close the issues on GitHub or GitLab, in CI, instead of printing them",
    )
    parser.add_argument(
        "--most",
        type=int,
        default=_MOST,
        metavar="NUMBER",
        help=f"The most issues to open in seven days (default: {_MOST})",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="With --post: say what would be done; change nothing"
    )


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    audience = read_context(find_site(Path())).settings.proposals_audience
    handbook = load_whole(options.as_of, audience)
    site = handbook.site
    config = read_config(site.root / CONFIG)
    repository = Repository.of(site, config)
    with speaking(handbook.language):
        issues = overdue_issues(handbook.basis, repository, _address(site))
    if not options.post:
        texts = [f"# {issue.title}\n\n{issue.text}" for issue in issues]
        print_text("\n".join(texts) or "Nothing is overdue.\n")
        return 0
    tracker = _tracker()
    if tracker is None and not options.dry_run:
        raise UsageError(
            "--post needs the variables of a workflow on GitHub or a pipeline on GitLab. "
            "Use --dry-run to see what it would do."
        )
    if tracker is None:
        print_note("Outside of a workflow or pipeline, the issues of earlier runs are unknown")
    # The day of the host: an issue is opened on it, whatever day the handbook shows.
    for line in follow_up(issues, tracker, options.most, today(), is_dry=options.dry_run):
        print_text(f"{line}\n")
    with speaking(handbook.language):
        for line in fold(tracker, is_dry=options.dry_run) if tracker else ():
            print_text(f"{line}\n")
    return 0


def _address(site: Site) -> Address:
    """Return the address of the site. Without a repository, no version is published."""
    try:
        return published_address(site, PagesBranch(site.root))
    except GitError:
        return Address(site.url, site.directory_urls)


def _tracker() -> GitHub | GitLab | None:
    if os.environ.get("GITHUB_REPOSITORY"):
        return GitHub(os.environ)
    if os.environ.get("CI_PROJECT_ID"):
        return GitLab(os.environ)
    return None
