"""Connections as a picture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import pytest

from handbook.draw.network import Tool, draw_network


@dataclass
class Way:
    """A connection as a view sees it."""

    sender: str
    receiver: str
    mutual: bool = False
    carries: str = "notes"
    how: str = "native"


def tools(names: str | list[str]) -> list[Tool]:
    """Tools with these names."""
    return [
        {"key": at, "name": name, "url": f"{name}/", "note": "Chat", "is_ending": False}
        for at, name in enumerate(names)
    ]


def drawn(names: str | list[str], *ways: Way) -> ET.Element:
    """The picture, which has to be well-formed on its own."""
    picture = re.search('<svg [^>]*role="group".*</svg>', draw_network(tools(names), ways, "Tools"))
    assert picture
    return ET.fromstring(picture[0])  # noqa: S314 - our own


def boxes(svg: ET.Element) -> dict[str, tuple[float, float, float, float]]:
    """The edges of each tool: left, top, right, bottom."""
    found = {}
    for node in svg.iter("a"):
        box, name = node.find("rect"), node.findtext("text")
        assert box is not None
        assert name
        x, y, width, height = (float(box.attrib[key]) for key in ("x", "y", "width", "height"))
        found[name] = (x, y, x + width, y + height)
    return found


@pytest.mark.parametrize("number", [2, 3, 12, 40])
def test_everything_lies_inside_the_picture(number: int) -> None:
    names = [f"Tool {at}" for at in range(number)]
    svg = drawn(names, *(Way(a, b, mutual=True) for a in names for b in names[:5] if a != b))
    _, _, width, height = map(float, svg.attrib["viewBox"].split())
    for path in svg.iter("path"):
        for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path.attrib["d"]):
            assert 0 <= float(x) <= width
            assert 0 <= float(y) <= height
    for text in svg.iter("text"):
        assert 0 < float(text.attrib["y"]) <= height
    assert len(boxes(svg)) == number


def test_an_arrow_stands_at_each_end_that_receives() -> None:
    ways = [g for g in drawn(["A", "B"], Way("A", "B")).iter("g") if g.find("polygon") is not None]
    assert [len(way.findall("polygon")) for way in ways] == [1]
    ways = [
        g for g in drawn(["A", "B"], Way("A", "B", mutual=True)).iter("g") if g.find("polygon") is not None
    ]
    assert [len(way.findall("polygon")) for way in ways] == [2]


def test_the_description_says_what_the_lines_show() -> None:
    svg = drawn(["A", "B"], Way("A", "B"), Way("B", "A", mutual=True, carries="votes", how="manual"))
    assert svg.findtext("desc") == "A sends to B: notes (native). B exchanges data with A: votes (manual)"
    assert "manual" in [text.text for text in svg.iter("text")]


def test_the_columns_are_named_after_what_their_tools_do() -> None:
    svg = drawn("ABC", Way("B", "C"), Way("A", "B"))
    titles = ["".join(text.itertext()) for text in svg.iter("text") if text.find("tspan") is not None]
    assert titles == ["Sources only send", "Hubs receive and send", "Destinations only receive"]
    edges = boxes(svg)
    assert edges["A"][0] < edges["B"][0] < edges["C"][0]
    svg = drawn("AB", Way("A", "B", mutual=True))
    assert next("".join(text.itertext()) for text in svg.iter("text")) == "Hubs receive and send"


def test_no_line_is_behind_a_tool() -> None:
    """One over several columns passes between their tools."""
    ways = [Way("A", "B"), Way("B", "C"), Way("C", "D"), Way("A", "D"), Way("E", "D"), Way("B", "D")]
    svg = drawn("ABCDE", *ways)
    lanes = [
        (float(x1), float(y), float(x2))
        for path in svg.iter("path")
        for x1, y, x2 in re.findall(r"([\d.]+) ([\d.]+) H([\d.]+)", path.attrib["d"])
    ]
    assert len(lanes) == 5
    for x1, y, x2 in lanes:
        for left, top, right, bottom in boxes(svg).values():
            assert not (top <= y <= bottom and x1 < right and left < x2)


def test_a_name_is_shown_and_does_nothing() -> None:
    picture = draw_network(tools(["<script>", "B"]), [Way("<script>", "B", carries="<b>")], "<i>")
    assert not re.search(r"<(script|b|i)>", picture)


def test_without_integrations_there_is_no_picture() -> None:
    """Also if all are with a tool that isn't in it, such as the chat."""
    assert draw_network(tools("AB"), [Way("A", "Chat"), Way("A", "A")], "Tools") == ""
