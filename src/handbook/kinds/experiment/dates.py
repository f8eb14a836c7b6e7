"""The dates of an experiment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from handbook.read.values import day_at


def experiment_end(experiment: Mapping[str, Any]) -> date | None:
    """Return the planned end of a running experiment."""
    return day_at(experiment, ("planned_end",)) if experiment.get("status") == "running" else None
