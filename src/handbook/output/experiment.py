"""Render the plan and the results of an experiment for a terminal and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from handbook.base.numbers import format_significant
from handbook.base.sentences import in_words
from handbook.base.words import visible
from handbook.kinds.experiment.plan import ExperimentPlan
from handbook.kinds.experiment.reading import ExperimentReading
from handbook.link.catalogue import Entry


def render_plan(experiment: Entry, plan: ExperimentPlan) -> str:
    """Render the sample size and the runtime of an experiment."""
    return _lines(experiment, _plan(plan))


def render_reading(experiment: Entry, reading: ExperimentReading) -> str:
    """Render the results of an experiment."""
    return _lines(experiment, _reading(reading))


def as_object(result: ExperimentPlan | ExperimentReading) -> dict[str, Any]:
    """Return a plan or results as plain values, with dates as YYYY-MM-DD."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(result).items()
    }


def _lines(experiment: Entry, lines: Iterator[str]) -> str:
    return "\n".join(visible(line) for line in (experiment.name, *lines)) + "\n"


def _plan(plan: ExperimentPlan) -> Iterator[str]:
    if plan.problem:
        yield plan.problem
        return
    parts = ", ".join(f"{size.people:,} in {size.name}" for size in plan.sizes)
    yield f"{plan.total:,} {plan.unit}: {parts}"
    window = f" and {plan.window_days} for the last conversion window" if plan.window_days else ""
    until = f", until {in_words(plan.ends_on)}" if plan.ends_on else ""
    weeks = f"{plan.weeks:,} whole week{'' if plan.weeks == 1 else 's'}"
    yield f"{plan.enrolment_days:,} days of enrolment{window}: {plan.days:,} days, or {weeks}{until}"
    if plan.comparisons > 1:
        alpha = f"a significance level (alpha) of {format_significant(plan.alpha)}"
        yield f"{plan.comparisons} comparisons with the control, each at {alpha}"
    if plan.is_too_short:
        yield f"Planned runtime is {plan.planned_days} days, but {plan.days:,} are needed."


def _reading(reading: ExperimentReading) -> Iterator[str]:
    if reading.problem:
        yield reading.problem
        return
    yield from (comparison.sentence for comparison in reading.comparisons)
    yield from reading.warnings
