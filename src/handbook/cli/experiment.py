"""`handbook experiment`: calculate an experiment's sample size, or analyse its results."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping

from handbook.cli.loading import load_whole
from handbook.cli.streams import print_text, print_warning
from handbook.output import experiment as report
from handbook.output.as_json import as_json

_ACTIONS: Mapping[str, tuple[str, Callable[..., str]]] = {
    "plan": ("experiment_plan", report.render_plan),
    "results": ("experiment_reading", report.render_reading),
}
"""The figure of each action, and what renders it."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    parser.add_argument(
        "action",
        type=_action,
        choices=_ACTIONS,
        help="plan: calculate sample size and runtime; results: analyse the results",
    )
    parser.add_argument("id", metavar="ID", help="ID of the experiment")
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="Output format (default: text)"
    )


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code: 1 if there is nothing to calculate."""
    handbook = load_whole()
    experiment = handbook.entry("experiment", options.id)
    figure, render = _ACTIONS[options.action]
    result = handbook.figure(figure, experiment)
    text = render(experiment, result)
    print_text(as_json(report.as_object(result)) if options.format == "json" else text)
    return 1 if result.problem else 0


def _action(text: str) -> str:
    """Return an action under its current name."""
    if text != "read":
        return text
    print_warning("`handbook experiment read` is deprecated. Use `handbook experiment results`.")
    return "results"
