"""Draw values over time: a line between days, a band for the normal range, and a small line for a row.

Unlike the charts of `chart.py`, whose labels need a column each, the days share one axis, so a year of weeks
fits a phone. The scale starts near the lowest value: what readers look for is a change, and its range.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from markupsafe import Markup

from handbook.base.sentences import in_words
from handbook.base.text import escape

_Number = float | Fraction | Decimal

_HEIGHT = 168
_TOP, _FOOT = 26, 24
_RIGHT = 0.97
"""The share of the width at which the last day is, so that its dot is whole."""
_LEFT = 0.015
_AIR = 0.08
"""The part of the scale that stays empty above and below."""
_NEAR = 0.12
"""How near the side of the chart a value is written from there, and not centred on its dot."""
_BESIDE = 0.28
"""How near the last value another one at the same side of the line isn't written, for a chart on a phone."""
_SPARK = (96, 24)
_WIDTH = 1000
"""The width of the coordinates of the line, which is stretched to that of the page."""


@dataclass(frozen=True, slots=True)
class _Series:
    """Values over time with what they are measured by; `None` for an end without a limit."""

    days: Sequence[date]
    values: Sequence[float]
    low: float | None = None
    high: float | None = None
    target: float | None = None

    def place(self, at: int) -> tuple[float, float]:
        """Return the place of a value: its share of the width, and of the height from the top."""
        first, last = self.days[0].toordinal(), self.days[-1].toordinal()
        share = (self.days[at].toordinal() - first) / (last - first) if last > first else 1.0
        return _LEFT + (_RIGHT - _LEFT) * share, self.down(self.values[at])

    def down(self, value: float) -> float:
        """Return how far a value is from the top of the scale, as a share of its height."""
        measures = (each for each in (self.low, self.high, self.target) if each is not None)
        known = [*self.values, *measures]
        low, high = min(known), max(known)
        air = (high - low) * _AIR or abs(high) * _AIR or 1.0
        return (high + air - value) / (high - low + 2 * air)


def draw_series(  # noqa: PLR0913 - the values and what they are measured by
    title: object,
    days: Iterable[date | str],
    values: Iterable[_Number],
    shown: Iterable[object],
    *,
    low: _Number | None = None,
    high: _Number | None = None,
    target: _Number | None = None,
    legend: object = "",
) -> Markup:
    """Draw values over time; nothing without values.

    Args:
        title: The title of the chart.
        days: The day of each value, in order.
        values: The values.
        shown: The values for readers.
        low: The lower end of the normal range, which is drawn as a band.
        high: The upper end.
        target: The value of a line across the chart.
        legend: What the band and the line across are.
    """
    series, words = _series(days, values, low, high, target), list(map(str, shown))
    if not series.values:
        return Markup()
    room = _HEIGHT - _TOP - _FOOT
    parts = [_band(series, room), _line(series, room)]
    if series.target is not None:
        parts.append(_level("hb-chart__target", _TOP + room * series.down(series.target)))
    last = len(series.values) - 1
    lowest, highest = (series.values.index(edge(series.values)) for edge in (min, max))
    parts += _marked(series, last, words[last], room)
    for at in (lowest, highest):
        # Its value could run into the one of the last day.
        is_beside = _is_below(series, at) == _is_below(series, last)
        if series.place(at)[0] < 1 - (_BESIDE if is_beside else _NEAR):
            parts += _marked(series, at, words[at], room)
    ends = [(0, "start", series.days[0]), (100, "end", series.days[-1])]
    for x, side, day in ends if last else ends[1:]:
        form = Markup('<text x="{}%" y="{}" class="hb-chart__{}">{}</text>')
        parts.append(form.format(x, _HEIGHT - 6, side, escape(in_words(day))))
    below = Markup('<p class="hb-chart__legend hb-chart__legend--band">{}</p>').format(escape(str(legend)))
    below = below if str(legend) else Markup()
    told = f"{legend}. " if str(legend) else ""
    told += "; ".join(f"{in_words(day)}: {word}" for day, word in zip(series.days, words, strict=True))
    return Markup(
        '<figure class="hb-chart hb-chart--series" data-search-exclude><figcaption>{}</figcaption>'
        '<svg width="100%" height="{}" role="img" aria-label="{}"><desc>{}</desc>{}</svg>{}</figure>'
    ).format(escape(str(title)), _HEIGHT, escape(str(title)), escape(told), Markup().join(parts), below)


def draw_spark(days: Iterable[date | str], values: Iterable[_Number]) -> Markup:
    """Draw values as a line without words, for a row that says them; nothing for less than two."""
    series = _series(days, values)
    if len(series.values) < 2:  # noqa: PLR2004 - a line has two ends
        return Markup()
    width, height = _SPARK
    places = [series.place(at) for at in range(len(series.values))]
    points = [(width * x, 2 + (height - 4) * y) for x, y in places]
    return Markup(
        '<svg class="hb-spark" width="{w}" height="{h}" viewBox="0 0 {w} {h}" aria-hidden="true">'
        '<polyline class="hb-chart__line" fill="none" points="{points}"/>'
        '<circle class="hb-chart__mark" cx="{x:.1f}" cy="{y:.1f}" r="2.5"/></svg>'
    ).format(w=width, h=height, points=_points(points), x=points[-1][0], y=points[-1][1])


def _series(days: Iterable[date | str], values: Iterable[_Number], *measures: _Number | None) -> _Series:
    dates = [day if isinstance(day, date) else date.fromisoformat(day) for day in days]
    numbers = (None if each is None else float(each) for each in measures)
    return _Series(dates, [float(value) for value in values], *numbers)


def _marked(series: _Series, at: int, words: str, room: int) -> Iterator[Markup]:
    """Yield a dot with its value: the last one, the highest and the lowest."""
    x, down = series.place(at)
    is_last, y = at == len(series.values) - 1, _TOP + room * down
    form = Markup('<circle class="hb-chart__{}" cx="{:.2f}%" cy="{:.1f}" r="{}"/>')
    yield form.format("mark" if is_last else "edge", 100 * x, y, 4 if is_last else 3)
    side = "start" if x < _NEAR else "end" if x > 1 - _NEAR else "middle"
    form = Markup('<text class="hb-chart__value hb-chart__{}" x="{:.2f}%" y="{:.1f}">{}</text>')
    yield form.format(side, 100 * x, y + (17 if _is_below(series, at) else -9), escape(words))


def _is_below(series: _Series, at: int) -> bool:
    """Return whether a value is below its dot: the lowest, and the last if the line falls to it."""
    values = series.values
    falls = at == len(values) - 1 and values[at] < values[at - 1]
    return falls or values[at] == min(values) < max(values)


def _band(series: _Series, room: int) -> Markup:
    """Return the normal range as an area. An end without a limit goes to the edge."""
    if series.low is None and series.high is None:
        return Markup()
    top = _TOP if series.high is None else _TOP + room * series.down(series.high)
    foot = _TOP + room if series.low is None else _TOP + room * series.down(series.low)
    form = Markup('<rect class="hb-chart__band" x="0" y="{:.1f}" width="100%" height="{:.1f}"/>')
    return form.format(top, foot - top)


def _line(series: _Series, room: int) -> Markup:
    """Return the line, in a drawing of its own that is stretched to the width of the page."""
    places = map(series.place, range(len(series.values)))
    points = _points([(_WIDTH * x, room * y) for x, y in places])
    return Markup(
        '<svg x="0" y="{}" width="100%" height="{h}" viewBox="0 0 {} {h}" preserveAspectRatio="none">'
        '<polyline class="hb-chart__line" fill="none" vector-effect="non-scaling-stroke" points="{}"/></svg>'
    ).format(_TOP, _WIDTH, points, h=room)


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _level(css: str, y: float) -> Markup:
    return Markup('<line class="{}" x1="0" y1="{y:.1f}" x2="100%" y2="{y:.1f}"/>').format(css, y=y)
