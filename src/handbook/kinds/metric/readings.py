"""The value of each metric now, how it changed, and whether it left its normal range."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from handbook.base.language import _
from handbook.base.sentences import in_words
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.kinds.metric.dates import next_reading
from handbook.kinds.metric.value import MetricValue
from handbook.link.catalogue import Entry
from handbook.read.values import number_at, state_of

_READS = {"metric": ("readings", "range", "target", "unit", "direction")}


@figure({"metric": ()}, reads=_READS)
def metric_value(basis: Basis, metric: Entry) -> MetricValue | None:
    """Return the readings of a metric, with its last value and what is to be said of it; `None` without any.

    Args:
        basis: The data that figures are calculated from.
        metric: An entry of the content type `metric`.
    """
    readings = tuple(basis.catalogue.readings(metric))
    if not readings:
        return None
    return MetricValue(
        metric=metric,
        readings=readings,
        low=_number_at(metric, "range", "low"),
        high=_number_at(metric, "range", "high"),
        target=_number_at(metric, "target"),
        due=next_reading(metric.data, readings[-1].day),
        today=basis.today,
    )


@figure({"metric": ()}, reads=_READS)
def metric_values(basis: Basis) -> tuple[MetricValue, ...]:
    """Show the last value of every metric that has readings, with its change and its normal range."""
    metrics = (each for each in basis.entries("metric") if state_of(each.data) != "replaced")
    return tuple(value for metric in metrics if (value := metric_value(basis, metric)))


@figure({"dashboard": ("charts.metrics",), "metric": ()})
def dashboard_values(basis: Basis, dashboard: Entry) -> tuple[MetricValue, ...]:
    """Return the last values of the metrics on a dashboard, in the order of its charts.

    Args:
        basis: The data that figures are calculated from.
        dashboard: An entry of the content type `dashboard`.
    """
    charts = dashboard.data.get("charts", ())
    ids = dict.fromkeys(name for chart in charts for name in chart.get("metrics", ()))
    metrics = (basis.catalogue.resolve(("metric",), name) for name in ids)
    return tuple(value for metric in metrics if metric and (value := metric_value(basis, metric)))


@figure({}, reads=_READS)
def what_moved(basis: Basis, most: int = 6) -> tuple[MetricValue, ...]:
    """Show the metrics that left their normal range or returned to it, the latest news first.

    A metric without a range is shown if its last change is more than twice as large as usual. Values whose
    next reading is overdue are left out.

    - `most`: the maximum number of metrics to show.

    Args:
        basis: The data that figures are calculated from.
        most: The maximum number of metrics.
    """
    fresh = [value for value in metric_values(basis) if not value.is_stale]
    moved = [each for each in fresh if each.is_outside or each.has_returned or each.moved_much]
    moved.sort(key=lambda each: (not each.has_left, not each.is_outside, -each.day.toordinal()))
    return tuple(moved[:most])


def reading_deadlines(basis: Basis, entry: Entry) -> Iterator[tuple[str, date]]:
    """Yield the action for the next reading of a metric with its due date."""
    value = metric_value(basis, entry) if entry.kind.name == "metric" else None
    # A weekly value is always due within days. It needs attention once it should be there.
    if value and value.due and value.due <= basis.today:
        yield _("record the value since %(day)s", day=in_words(value.day)), value.due


def _number_at(metric: Entry, *path: str) -> Decimal | None:
    number = number_at(metric.data, path)
    return None if number is None else Decimal(str(number))
