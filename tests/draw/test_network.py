"""Connections as a picture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import pytest

from handbook.draw.network import draw_network


@dataclass
class Way:
    """A connection as a view sees it."""

    sender: str
    receiver: str
    mutual: bool = False
    carries: str = "notes"
    how: str = "native"


def drawn(nodes: list[str], *ways: Way) -> ET.Element:
    """The picture, which has to be well-formed on its own."""
    picture = re.search("<svg.*</svg>", draw_network(nodes, ways, "Tools"))
    assert picture
    return ET.fromstring(picture[0])  # noqa: S314 - our own


@pytest.mark.parametrize("number", [1, 2, 3, 12, 40])
def test_everything_lies_inside_the_picture(number: int) -> None:
    names = [f"Tool {at}" for at in range(number)]
    svg = drawn(names, *(Way(a, b, mutual=True) for a in names for b in names[:5]))
    _, _, width, height = map(float, svg.attrib["viewBox"].split())
    for path in svg.iter("path"):
        for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path.attrib["d"]):
            assert 0 <= float(x) <= width
            assert 0 <= float(y) <= height
    for text in svg.iter("text"):
        assert 0 < float(text.attrib["y"]) <= height
    assert [box.tag for box in svg.iter("rect")] == ["rect"] * number


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
    assert [text.text for text in svg.iter("text")] == ["manual", "A", "B", "native", "manual"]


def test_data_flows_from_left_to_right_and_the_bus_is_no_node() -> None:
    ways = [Way("C", "A"), Way("A", "B"), Way("A", "Chat"), Way("Chat", "B", mutual=True)]
    svg = drawn(["A", "B", "C", "Chat"], *ways)
    assert len(list(svg.iter("rect"))) == 4
    picture = draw_network(["A", "B", "C", "Chat"], ways, "Tools", "Chat", ["a/", None, "c/", "chat/"])
    nodes = re.findall(r'<text x="(\d+)" y="\d+">([ABC])</text>', picture)
    order = [name for _x, name in sorted((int(x), name) for x, name in nodes)]
    assert order == ["C", "A", "B"]
    assert 'href="a/"' in picture
    assert "A →" in picture
    assert "B ⇄" in picture


def test_a_name_is_shown_and_does_nothing() -> None:
    picture = draw_network(["<script>", "B"], [Way("<script>", "B", carries="<b>")], "<i>")
    assert not re.search(r"<(script|b|i)>", picture)


def test_without_tools_there_is_no_picture() -> None:
    assert draw_network([], [], "Tools") == ""
