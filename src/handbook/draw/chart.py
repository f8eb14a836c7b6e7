"""Draw charts: horizontal bars, columns and lines.

Charts are inline SVG, like process flows: they need no script, use the colours of the page and print well.
Horizontal positions are percentages of the width, so that text keeps its size on every screen. Each label has
its own line or column and wraps if it is too long. A description gives the content of the chart as text;
exact figures belong in a table next to the chart.

It is long because bars, columns and lines share their labels, scale and description.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from markupsafe import Markup

from handbook.base.language import N_, _
from handbook.base.numbers import format_number
from handbook.base.text import escape

_LINE = 18
_LETTER = 7.5
"""The average width of a letter, rounded up. East Asian characters and emoji are twice as wide."""

_ROW = 270
"""The maximum width of a label on its own line, to fit the narrowest phone."""

_SLOT = 52
"""The maximum width of the label of a column."""

_SLOT_GAP = 12
_SLOT_MOST = 110
"""The maximum space for a column."""

_BAR = 12
_BAR_GAP = 14
_HEIGHT = 130
"""The height of the plot area."""

_COLUMN = 0.56
"""The share of its space that a column fills."""

_UNKNOWN = N_("Unknown")
_NO_WIDTH = ("Mn", "Me", "Cf")
"""The Unicode categories of characters without a width of their own."""

_Number = float | Fraction | Decimal


@dataclass(frozen=True, slots=True)
class _Amount:
    """A value with its labels."""

    label: str
    value: float | None
    shown: str


@dataclass(frozen=True)
class _Chart:
    """The data of a chart: amounts, and a target with its label."""

    title: str
    amounts: Sequence[_Amount]
    target: float | None
    legend: str

    @cached_property
    def low(self) -> float:
        """The low end of the scale, which always includes zero."""
        return min(0.0, *self._values)

    @cached_property
    def high(self) -> float:
        """The high end of the scale."""
        return max(0.0, *self._values)

    def at(self, value: float) -> float:
        """Return the position of a value on the scale: 0 at the low end, 1 at the high end."""
        return (value - self.low) / ((self.high - self.low) or 1)

    @property
    def _values(self) -> Sequence[float]:
        found = [amount.value for amount in self.amounts]
        return [value for value in (*found, self.target, 0.0) if value is not None]


def draw_bars(
    title: object,
    labels: Iterable[object],
    values: Iterable[_Number | None],
    shown: Iterable[object] = (),
    target: tuple[_Number, object] | None = None,
) -> Markup:
    """Draw amounts as horizontal bars, in the given order; nothing without amounts.

    Args:
        title: The title of the chart.
        labels: The label of each bar.
        values: The value of each bar; `None` if unknown.
        shown: The values for readers, such as "12 hours". Without it, the numbers are shown.
        target: The value of a line across all bars, and its label.
    """
    chart = _chart(title, labels, values, shown, target)
    parts: list[Markup] = []
    top = 0
    for amount in chart.amounts:
        rows = _wrap(amount.label, _ROW)
        together = _width(rows[-1]) + _width(amount.shown) + 2 * _LETTER <= _ROW
        lines = [*map(escape, rows)]
        value = Markup('<tspan class="hb-chart__value">{}</tspan>').format(escape(amount.shown))
        lines = [*lines[:-1], lines[-1] + Markup("&#160; ") + value] if together else [*lines, value]
        for row in lines:
            top += _LINE
            parts.append(Markup('<text x="0" y="{}">{}</text>').format(top - 5, row))
        parts.append(_bar(amount, chart, top))
        top += _BAR + _BAR_GAP
    return _figure(chart, "bars", parts, top - _BAR_GAP + 4)


def draw_columns(
    title: object,
    labels: Iterable[object],
    values: Iterable[_Number | None],
    shown: Iterable[object] = (),
    target: tuple[_Number, object] | None = None,
) -> Markup:
    """Draw amounts as columns, such as one per quarter. The arguments are those of `draw_bars`."""
    return _upright(_chart(title, labels, values, shown, target), "columns", _columns)


def draw_line(
    title: object,
    labels: Iterable[object],
    values: Iterable[_Number | None],
    shown: Iterable[object] = (),
    target: tuple[_Number, object] | None = None,
) -> Markup:
    """Draw amounts as points on a line, with gaps for unknown values. Arguments are as in `draw_bars`."""
    return _upright(_chart(title, labels, values, shown, target), "line", _points)


def _chart(
    title: object,
    labels: Iterable[object],
    values: Iterable[_Number | None],
    shown: Iterable[object],
    target: tuple[_Number, object] | None,
) -> _Chart:
    numbers = [None if value is None else float(value) for value in values]
    texts = [str(text) for text in shown] or ["" for _ in numbers]
    amounts = [
        _Amount(
            " ".join(str(label).split()), value, _(_UNKNOWN) if value is None else text or _written(value)
        )
        for label, value, text in zip(labels, numbers, texts, strict=True)
    ]
    at, meaning = (float(target[0]), str(target[1])) if target else (None, "")
    return _Chart(str(title), amounts, at, meaning)


def _written(value: float) -> str:
    """Return a number with thousands separators and at most two decimal places."""
    return format_number(value, 2)


def _bar(amount: _Amount, chart: _Chart, top: int) -> Markup:
    parts = [
        Markup('<rect class="hb-chart__track" x="0" y="{}" width="100%" height="{}" rx="2"/>').format(
            top, _BAR
        )
    ]
    if amount.value is not None:
        start, end = sorted((chart.at(0), chart.at(amount.value)))
        mark = Markup('<rect class="hb-chart__mark" x="{}" y="{}" width="{}" height="{}" rx="2"/>')
        parts.append(mark.format(_percent(start), top, _percent(end - start), _BAR))
    if chart.low < 0:
        parts.append(_upright_line("hb-chart__zero", chart.at(0), top, top + _BAR))
    if chart.target is not None:
        parts.append(_upright_line("hb-chart__target", chart.at(chart.target), top - 3, top + _BAR + 3))
    return Markup().join(parts)


def _upright_line(css: str, at: float, top: int, bottom: int) -> Markup:
    return Markup('<line class="{}" x1="{x}" y1="{}" x2="{x}" y2="{}"/>').format(
        css, top, bottom, x=_percent(at)
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """The position of an amount: the middle of its column as a share of the width, and its height."""

    middle: float
    y: float | None


def _upright(chart: _Chart, form: str, draw: Callable[[Sequence[_Place], float], Iterable[Markup]]) -> Markup:
    amounts = chart.amounts
    if not amounts:
        return Markup()
    labels = [_wrap(amount.label, _SLOT) for amount in amounts]
    # A value never wraps inside a number.
    texts = [_wrap(each.shown, max(_SLOT, *map(_width, each.shown.split()), 0)) for each in amounts]
    head = 8 + _LINE * max(map(len, texts))
    foot = head + _HEIGHT + (head if chart.low < 0 else 0)

    def down(value: float) -> float:
        return head + _HEIGHT * (1 - chart.at(value))

    places = [
        _Place((at + 0.5) / len(amounts), None if each.value is None else down(each.value))
        for at, each in enumerate(amounts)
    ]
    parts = [_level("hb-chart__zero", down(0))]
    parts += [] if chart.target is None else [_level("hb-chart__target", down(chart.target))]
    parts += draw(places, down(0))
    for amount, place, rows, names in zip(amounts, places, texts, labels, strict=True):
        end = down(0) if place.y is None else place.y
        y = end + _LINE + 2 if (amount.value or 0) < 0 else end + 9 - _LINE * len(rows)
        parts.append(_stack("hb-chart__value", place.middle, y, rows))
        parts.append(_stack("", place.middle, foot + _LINE, names))
    widest = max(_width(row) for rows in (*labels, *texts) for row in rows)
    least = round((widest + _SLOT_GAP) * len(amounts))
    room = Markup(' style="min-width: {}px; max-width: {}px"').format(
        least, max(least, _SLOT_MOST * len(amounts))
    )
    return _figure(chart, form, parts, foot + _LINE * max(map(len, labels)) + 8, room)


def _columns(places: Sequence[_Place], zero: float) -> Iterator[Markup]:
    width = _COLUMN / len(places)
    mark = Markup('<rect class="hb-chart__mark" x="{}" y="{:.1f}" width="{}" height="{:.1f}" rx="2"/>')
    for place in places:
        if place.y is not None:
            top, bottom = sorted((zero, place.y))
            yield mark.format(_percent(place.middle - width / 2), top, _percent(width), bottom - top)


def _points(places: Sequence[_Place], _zero: float) -> Iterator[Markup]:
    line = Markup('<line class="hb-chart__line" x1="{}" y1="{:.1f}" x2="{}" y2="{:.1f}"/>')
    for one, other in pairwise(places):
        if one.y is not None and other.y is not None:
            yield line.format(_percent(one.middle), one.y, _percent(other.middle), other.y)
    for place in places:
        if place.y is not None:
            yield Markup('<circle class="hb-chart__mark" cx="{}" cy="{:.1f}" r="4"/>').format(
                _percent(place.middle), place.y
            )


def _level(css: str, y: float) -> Markup:
    return Markup('<line class="{}" x1="0" y1="{y:.1f}" x2="100%" y2="{y:.1f}"/>').format(css, y=y)


def _stack(css: str, middle: float, y: float, rows: Sequence[str]) -> Markup:
    """Return lines of text, centred on a column."""
    return Markup().join(
        Markup('<text class="hb-chart__middle {}" x="{}" y="{:.1f}">{}</text>').format(
            css, _percent(middle), y + _LINE * at, escape(row)
        )
        for at, row in enumerate(rows)
    )


def _percent(share: float) -> str:
    return f"{100 * share:.2f}%"


_NO_STYLE = Markup()


def _figure(
    chart: _Chart, form: str, parts: Sequence[Markup], height: int, style: Markup = _NO_STYLE
) -> Markup:
    if not chart.amounts:
        return Markup()
    told = "; ".join(f"{amount.label}: {amount.shown}" for amount in chart.amounts)
    told += f". {chart.legend}" if chart.legend else ""
    legend = Markup('<p class="hb-chart__legend">{}</p>').format(escape(chart.legend))
    return Markup(
        '<figure class="hb-chart hb-chart--{form}" data-search-exclude>'
        "<figcaption>{title}</figcaption>"
        '<div class="hb-chart__room"{scrolls}>'
        '<svg width="100%" height="{height}" role="img" aria-label="{title}"{style}><desc>{told}</desc>'
        "{body}</svg></div>{legend}</figure>"
    ).format(
        form=form,
        title=escape(chart.title),
        scrolls=Markup(' tabindex="0"') if style else "",
        height=height,
        style=style,
        told=escape(told),
        body=Markup().join(parts),
        legend=legend if chart.target is not None else "",
    )


def _wrap(text: str, width: float) -> list[str]:
    """Wrap a text to a width. A word that is too wide is split."""
    rows = [""]
    for word in text.split(" "):
        if rows[-1] and _width(f"{rows[-1]} {word}") > width:
            rows.append("")
        rows[-1] += f" {word}" if rows[-1] else word
        while _width(rows[-1]) > width and len(rows[-1]) > 1:
            kept = max([1, *(at for at in range(len(rows[-1])) if _width(rows[-1][:at]) <= width)])
            rows[-1:] = [rows[-1][:kept], rows[-1][kept:]]
    return rows


def _width(text: str) -> float:
    """Return the width of a text in pixels, rounded up."""
    return sum(map(_letter, text))


def _letter(letter: str) -> float:
    if unicodedata.category(letter) in _NO_WIDTH:
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return 2 * _LETTER
    return 1.65 * _LETTER if letter in "mwMW@%—" else 1.2 * _LETTER if letter.isupper() else _LETTER
