"""The statistics of others, to compare ours with. They take a second to load, so only tests that ask do."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def scipy_stats() -> Any:
    """Return the statistics of scipy."""
    return import_module("scipy.stats")


def statsmodels(part: str) -> Any:
    """Return a part of the statistics of statsmodels."""
    return import_module(f"statsmodels.stats.{part}")
