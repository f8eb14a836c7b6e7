"""When the next reading of a metric is due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from handbook.base.days import days_after, last_of_month
from handbook.read.values import is_example, number_at, state_of, value_at

DUE_AFTER = 7
"""The days to a reading after the end of its period, if the metric doesn't say them."""
_DAYS = MappingProxyType({"day": 1, "week": 7})
_MONTHS = MappingProxyType({"month": 1, "quarter": 3, "half-year": 6, "year": 12})


def next_reading(metric: Mapping[str, Any], last: date) -> date | None:
    """Return the day by which the next reading is due; `None` if none ever is.

    Args:
        metric: The fields of the metric.
        last: The day of the last reading. Before the first one, nothing is due.
    """
    every = value_at(metric, ("readings", "every"))
    if state_of(metric) == "replaced" or is_example(metric) or not isinstance(every, str):
        return None
    if every in _DAYS:
        end = days_after(last, _DAYS[every])
    elif every in _MONTHS:
        end = _months_later(last, _MONTHS[every])
    else:
        return None
    after = number_at(metric, ("readings", "due_after"))
    return days_after(end, DUE_AFTER if after is None else int(after))


def _months_later(day: date, months: int) -> date:
    """Return the same day of a later month. The last day of a month leads to the last day of another."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    last = last_of_month(year, month + 1)
    return (
        last if day == last_of_month(day.year, day.month) or day.day > last.day else last.replace(day=day.day)
    )
