"""Values over time, as a chart and as a small line."""

from __future__ import annotations

import html
import re
from datetime import date
from decimal import Decimal

from handbook.draw.series import draw_series, draw_spark

DAYS = [date(2026, 11, 1), date(2026, 11, 8), date(2026, 11, 15)]


def test_the_chart_says_in_words_what_it_shows() -> None:
    values = [Decimal(9), Decimal(4), Decimal(6)]
    drawn = draw_series("A & b", DAYS, values, ["9%", "4%", "6%"], low=5, target=8, legend="Range: 5 <")
    text = html.unescape(drawn)
    assert 'aria-label="A & b"' in text
    assert "<desc>Range: 5 <. 1 November 2026: 9%; 8 November 2026: 4%; 15 November 2026: 6%</desc>" in text
    assert "<b" not in drawn
    assert drawn.count("<circle") == 3
    assert "hb-chart__band" in drawn
    assert "hb-chart__target" in drawn


def test_the_line_stays_within_its_frame_whatever_the_values() -> None:
    for values in ([5, 5, 5], [0, 0, 0], [-3, 4, 1e9], [0.001, 0.002, 0.0015]):
        points = re.findall(r"points=\"([^\"]+)\"", draw_series("A", DAYS, values, map(str, values)))
        places = [tuple(map(float, point.split(","))) for point in points[0].split()]
        assert all(0 <= x <= 1000 and 0 <= y <= 118 for x, y in places), places


def test_without_values_there_is_nothing_to_draw() -> None:
    assert draw_series("A", [], [], []) == ""
    assert draw_spark(DAYS[:1], [1]) == ""
    assert "<polyline" in draw_spark(["2026-11-01", "2026-11-08"], [1, 2])
    assert draw_series("A", DAYS[:1], [1], ["1"]).count("<circle") == 1


def test_the_last_value_is_clear_of_the_line_that_comes_to_its_dot() -> None:
    for values, is_below in (([1, 9, 8], True), ([1, 7, 8], False), ([9, 2, 1], True)):
        drawn = draw_series("A", DAYS, values, map(str, values))
        dot = re.search(r'__mark" cx="97.00%" cy="([\d.]+)"', drawn)
        text = re.search(r'__value [^>]* x="97.00%" y="([\d.]+)"', drawn)
        assert dot
        assert text
        assert (float(text[1]) > float(dot[1])) is is_below, values
