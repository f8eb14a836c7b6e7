"""Amounts as pictures."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from markupsafe import Markup

from handbook.draw.chart import draw_bars, draw_columns, draw_line

LONG = "Pneumonoultramicroscopicsilicovolcanoconiosis 日本語のとても長いラベルがここにあります本当に長いです"
QUARTERS = [f"Q{quarter} 2026" for quarter in (1, 2, 3, 4)]


def drawn(picture: Markup) -> ET.Element:
    """The picture, which has to be well-formed on its own."""
    found = re.search("<svg.*</svg>", picture)
    assert found
    return ET.fromstring(found[0].replace("&nbsp;", " "))  # noqa: S314 - our own


def boxes(svg: ET.Element) -> list[tuple[float, float, float, float]]:
    """Where the marks lie: left and width in percent, top and height in pixels."""
    return [
        tuple(float(rect.attrib[name].rstrip("%")) for name in ("x", "width", "y", "height"))  # type: ignore[misc]
        for rect in svg.iter("rect")
        if rect.attrib["class"] == "hb-chart__mark"
    ]


def texts(svg: ET.Element) -> list[str]:
    return ["".join(text.itertext()) for text in svg.iter("text")]


@pytest.mark.parametrize("draw", [draw_bars, draw_columns, draw_line])
def test_nothing_gives_no_picture(draw: Callable[..., Markup]) -> None:
    assert draw("None", [], []) == ""


def test_a_bar_is_as_long_as_its_share_of_the_largest() -> None:
    svg = drawn(draw_bars("Hours", ["A", "B", "C"], [10, Fraction(5, 2), 0]))
    assert [(left, width) for left, width, _, _ in boxes(svg)] == [(0, 100), (0, 25), (0, 0)]
    assert texts(svg) == ["A\N{NO-BREAK SPACE} 10", "B\N{NO-BREAK SPACE} 2.5", "C\N{NO-BREAK SPACE} 0"]


def test_a_target_beyond_every_value_is_the_end_of_the_scale() -> None:
    svg = drawn(draw_bars("Share", ["A"], [10], ["10%"], (20, "At most 20%")))
    assert [(left, width) for left, width, _, _ in boxes(svg)] == [(0, 50)]
    (line,) = svg.iter("line")
    assert line.attrib["x1"] == "100.00%"
    assert svg.findtext("desc") == "A: 10%. At most 20%"


def test_what_is_below_zero_reaches_from_zero_to_the_left() -> None:
    svg = drawn(draw_bars("Change", ["Up", "Down"], [3, -1]))
    assert [(left, width) for left, width, _, _ in boxes(svg)] == [(25, 75), (0, 25)]
    assert texts(svg)[1].endswith(" \N{MINUS SIGN}1")
    up, down = boxes(drawn(draw_columns("Change", ["Up", "Down"], [3, -1])))
    assert up[2] + up[3] == down[2]
    assert up[3] == 3 * down[3]


@pytest.mark.parametrize("values", [[0, 0], [-2, -1], [7, 7], [None, None], [1e12, 1e-9]])
def test_everything_lies_inside_the_picture(values: list[float | None]) -> None:
    for draw in (draw_bars, draw_columns, draw_line):
        svg = drawn(draw("Any", ["One", LONG], values, target=(3, "Three")))
        height = float(svg.attrib["height"])
        for left, width, top, high in boxes(svg):
            assert 0 <= left <= left + width <= 100.01
            assert 0 <= top <= top + high <= height
        for text in svg.iter("text"):
            assert 12 <= float(text.attrib["y"]) <= height


def test_what_is_not_known_is_said_and_interrupts_the_line() -> None:
    svg = drawn(draw_line("Days", QUARTERS, [44, None, 30, 28]))
    assert len([line for line in svg.iter("line") if line.attrib["class"] == "hb-chart__line"]) == 1
    assert len(list(svg.iter("circle"))) == 3
    assert "Q2 2026: Unknown" in str(svg.findtext("desc"))
    assert [text for text in texts(svg) if text == "Unknown"] == ["Unknown"]


def test_no_two_texts_of_a_bar_chart_share_a_line() -> None:
    svg = drawn(draw_bars("Long", [LONG, "Short", LONG * 3], [1, 2, 3], ["one hour", "two hours" * 6, ""]))
    lines = [float(text.attrib["y"]) for text in svg.iter("text")]
    assert len(set(lines)) == len(lines)
    assert all(later - earlier >= 18 for earlier, later in pairwise(lines))
    assert "".join(texts(svg)).replace(" ", "").count(LONG.replace(" ", "")) == 4


def test_columns_that_would_run_into_each_other_make_the_picture_wider() -> None:
    """The room around it scrolls then; every label has a column's width to itself."""
    few, many = (
        drawn(draw_columns("Many", [str(2000 + at) for at in range(number)], range(number)))
        for number in (2, 40)
    )
    least = [int(re.findall(r"min-width: (\d+)px", svg.attrib["style"])[0]) for svg in (few, many)]
    assert least[1] == 20 * least[0]


def test_a_text_is_shown_and_does_nothing() -> None:
    for draw in (draw_bars, draw_columns, draw_line):
        picture = draw("<i>", ["<script> {{ x }}"], [1], ["<b>"], (1, "<u>"))
        assert not re.search(r"<(script|b|i|u)>", picture)
        assert "{{" not in picture
        assert "\n" not in picture


def test_a_label_without_value_text_shows_the_number_as_people_write_it() -> None:
    svg = drawn(draw_columns("Cost", ["A", "B"], [12345.678, -0.001]))
    assert {"12,345.68", "0"} <= set(texts(svg))
