"""`handbook pick`: recommend tools for a team."""

from __future__ import annotations

import argparse

from handbook.base.words import nearest, one_of
from handbook.cli.errors import UsageError
from handbook.cli.loading import load_whole
from handbook.cli.streams import print_text
from handbook.kinds.tool.picker import COMPLEXITIES, NEEDS, Team, pick
from handbook.output.pick import render


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    parser.add_argument(
        "--team-size",
        type=_people,
        required=True,
        metavar="NUMBER",
        help="Number of people who will use the tool",
    )
    parser.add_argument(
        "--workflows", choices=COMPLEXITIES, required=True, help="Complexity of their workflows"
    )
    parser.add_argument(
        "--integrations", choices=NEEDS, required=True, help="Number of other tools to integrate with"
    )
    parser.add_argument(
        "--category", metavar="CATEGORY", help="Only tools of this category, such as analytics (default: all)"
    )


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    answers = pick(load_whole().basis, Team(options.team_size, options.workflows, options.integrations))
    if options.category is not None:
        valid_names = [answer.category for answer in answers]
        if options.category not in valid_names:
            near = nearest(options.category, valid_names)
            hint = f"Did you mean `{near}`?" if near else f"Use {one_of(valid_names)}."
            raise UsageError(f"Unknown category `{options.category}`. {hint}")
        answers = [answer for answer in answers if answer.category == options.category]
    print_text(render(answers))
    return 0


def _people(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text[:9]) == int(text[:10]):
        message = f"{text} is not a valid team size; use the number of people, from 1"
        raise argparse.ArgumentTypeError(message)
    return int(text)
