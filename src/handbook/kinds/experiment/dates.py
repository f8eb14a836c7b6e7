"""The dates of an experiment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from handbook.base.language import _
from handbook.read.values import day_at, state_of


def experiment_end(experiment: Mapping[str, Any]) -> date | None:
    """Return the planned end of a running experiment without a decision."""
    is_open = state_of(experiment) == "running" and "decision" not in experiment
    return day_at(experiment, ("planned_end",)) if is_open else None


def experiment_deadlines(experiment: Mapping[str, Any], today: date) -> Iterator[tuple[str, date]]:
    """Yield the action for an experiment that runs past its planned end."""
    end = experiment_end(experiment)
    if end and end < today:
        yield _("analyse the experiment and decide"), end
