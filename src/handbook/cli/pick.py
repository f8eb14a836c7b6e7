"""`handbook pick`: ranks the tools that suit a team."""

from __future__ import annotations

import argparse

from handbook.check.words import nearest, one_of
from handbook.cli.errors import UsageError
from handbook.cli.loading import load_whole
from handbook.cli.streams import print_text
from handbook.figures.tool_picker import COMPLEXITIES, NEEDS, Team, pick
from handbook.report.pick import render


def configure(parser: argparse.ArgumentParser) -> None:
    """Says what the command takes."""
    parser.add_argument(
        "--team-size", type=_people, required=True, metavar="NUMBER", help="how many people will use the tool"
    )
    parser.add_argument(
        "--workflows", choices=COMPLEXITIES, required=True, help="how complex their workflows are"
    )
    parser.add_argument(
        "--integrations", choices=NEEDS, required=True, help="how many other tools it has to talk to"
    )
    parser.add_argument(
        "--category", metavar="CATEGORY", help="only tools for this, such as analytics (default: all)"
    )


def run(options: argparse.Namespace) -> int:
    """Runs the command and gives its exit code."""
    answers = pick(load_whole().basis, Team(options.team_size, options.workflows, options.integrations))
    if options.category is not None:
        known = [answer.category for answer in answers]
        if options.category not in known:
            near = nearest(options.category, known)
            hint = f"did you mean `{near}`?" if near else f"there are {one_of(known, 'and')}"
            raise UsageError(f"there is no tool for `{options.category}`; {hint}")
        answers = [answer for answer in answers if answer.category == options.category]
    print_text(render(answers))
    return 0


def _people(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text[:9]) == int(text[:10]):
        message = f"{text} is not a number of people"
        raise argparse.ArgumentTypeError(message)
    return int(text)
