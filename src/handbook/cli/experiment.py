"""`handbook experiment`: how many people an experiment needs, and what its results say."""

from __future__ import annotations

import argparse

from handbook.cli.errors import UsageError
from handbook.cli.loading import load_whole
from handbook.cli.streams import print_text
from handbook.figures.experiment_plan import ExperimentPlan, experiment_plan
from handbook.figures.experiment_reading import ExperimentReading, experiment_reading
from handbook.link.catalogue import UnknownEntryError
from handbook.report import experiment as said
from handbook.report.as_json import as_json


def configure(parser: argparse.ArgumentParser) -> None:
    """Says what the command takes."""
    parser.add_argument(
        "what", choices=("plan", "read"), help="plan: how many people and days it takes; read: what came out"
    )
    parser.add_argument("id", metavar="ID", help="the id of the experiment")
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="how it is printed (default: text)"
    )


def run(options: argparse.Namespace) -> int:
    """Runs the command and gives its exit code: 1 when there is nothing to work out."""
    basis = load_whole().basis
    try:
        experiment = basis.catalogue.entry("experiment", options.id)
    except UnknownEntryError as error:
        raise UsageError(f"{error}; {error.hint}" if error.hint else str(error)) from None
    found: ExperimentPlan | ExperimentReading
    if options.what == "plan":
        found = plan = experiment_plan(basis, experiment)
        text = said.render_plan(experiment, plan)
    else:
        found = reading = experiment_reading(basis, experiment)
        text = said.render_reading(experiment, reading)
    print_text(as_json(said.as_object(found)) if options.format == "json" else text)
    return 1 if found.problem else 0
