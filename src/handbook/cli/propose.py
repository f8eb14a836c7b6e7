"""`handbook propose`: turn the proposal in an issue into a pull request."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from handbook.cli.changing import add_dry_run_option, add_examples, open_site
from handbook.cli.errors import UsageError
from handbook.cli.streams import print_text
from handbook.propose.allowed import first_code
from handbook.propose.branches import Branches
from handbook.propose.event import LABEL, Happened, read_event
from handbook.propose.every_issue import EveryIssue
from handbook.propose.github import GitHub
from handbook.propose.gitlab import GitLab
from handbook.propose.handing_over import Handed, read_handed, write_handed
from handbook.propose.judging import judge
from handbook.propose.sending import Way, send
from handbook.read.files import find_site
from handbook.read.languages import make_language

_WHY = {
    "same": ", the handbook says all of this already",
    "waits": f" until a member of the repository gives it the label `{LABEL}`",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument("--event", type=Path, metavar="FILE", help="Check the proposal in an event of GitHub")
    way.add_argument(
        "--push",
        type=Path,
        metavar="DIR",
        help="Open or update the pull request on GitHub from the folder that `--to` has written",
    )
    way.add_argument(
        "--gitlab",
        action="store_true",
        help="Turn the proposals in all open issues of a project on GitLab into merge requests",
    )
    parser.add_argument("--to", type=Path, metavar="DIR", help="Write the result of `--event` to a folder")
    add_dry_run_option(parser)
    add_examples(
        parser,
        "propose --event event.json --dry-run",
        "propose --event event.json --to proposal",
        "propose --push proposal",
    )


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    if options.gitlab:
        return _on_gitlab(is_dry=options.dry_run)
    if options.push:
        return _on_github(options.push, is_dry=options.dry_run)
    if not options.dry_run and not options.to:
        raise UsageError("--event needs --to or --dry-run.")
    handed = _handed(read_event(options.event))
    if handed and options.to and not options.dry_run:
        write_handed(options.to, handed)
    print_text(_summary(handed) if handed else "There is no proposal.\n")
    return 0


def _on_github(folder: Path, *, is_dry: bool) -> int:
    site, handed = find_site(Path()), read_handed(folder)
    if handed.judgement and (found := first_code(site, handed.judgement.files)):
        raise UsageError(f"{found} is code, and no proposal changes code.")
    if is_dry:
        print_text(_summary(handed))
        return 0
    has_checks = bool(os.environ.get("HANDBOOK_APP_CLIENT_ID"))
    way = Way(has_checks=has_checks, language=make_language(site.language, {}))
    print_text(f"{send(handed, GitHub(os.environ), Branches(site.root), way)}\n")
    return 0


def _on_gitlab(*, is_dry: bool) -> int:
    context = open_site()
    every = EveryIssue(context, Branches(context.site.root), GitLab(os.environ), is_dry=is_dry)
    for line in every.done():
        print_text(f"{line}\n")
    return 1 if every.has_failed else 0


def _handed(happened: Happened) -> Handed | None:
    """Return what follows from an event; `None` if it is nothing."""
    issue = happened.issue
    if issue is None:
        return Handed(happened.closed) if happened.closed else None
    context = open_site()
    judgement = judge(context, Branches(context.site.root), issue)
    return Handed(issue.number, issue.author, judgement) if judgement else None


def _summary(handed: Handed) -> str:
    judgement = handed.judgement
    if judgement is None:
        return f"Issue {handed.issue} was closed.\n"
    files = "".join(f"{path}\n" for path in judgement.files)
    state = f"Issue {handed.issue}: {judgement.state}{_WHY.get(judgement.state, '')}"
    return "\n".join((*filter(None, (state, judgement.title, judgement.text)), files))
