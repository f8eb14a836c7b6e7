"""The picture of what flows into one place."""

from __future__ import annotations

import re

from handbook.draw.streams import draw_streams

ROWS = [
    ("Tickets", "100 notes", "", 100),
    ("Calls", "25 notes", "via Slack", 25),
    ("Talks", "not counted", "", None),
]


def drawn() -> str:
    return str(draw_streams(ROWS, "Productboard", "125 notes", "How feedback flows"))


def test_the_more_flows_the_broader_the_line_and_what_nobody_counted_is_dashed() -> None:
    lines = re.findall(r'hb-flow__stream" stroke-width="([\d.]+)"( stroke-dasharray)?', drawn())
    assert lines == [("18.0", ""), ("4.5", ""), ("1.5", " stroke-dasharray")]


def test_the_picture_says_in_words_what_it_shows() -> None:
    description = re.search(r'aria-label="How feedback flows"><desc>(.*?)</desc>', drawn())
    assert description
    sources = "Tickets, 100 notes. Calls, 25 notes, via Slack. Talks, not counted"
    assert description[1] == f"{sources}. All flow into Productboard, 125 notes"


def test_every_box_lies_inside_the_picture() -> None:
    """Also the one that all lead to, when there is only one narrow stream or a long name."""
    for rows, target in (
        (ROWS, "Productboard"),
        (ROWS[2:], "A tool with quite a long name"),
        ([], "Nothing"),
    ):
        picture = str(draw_streams(rows, target, "", "Flow"))
        width, height = (float(part) for part in re.findall(r'viewBox="0 0 (\S+) (\S+)"', picture)[0])
        boxes = re.findall(r'<rect x="(\S+)" y="(\S+)" width="(\S+)" height="(\S+)"', picture)
        assert len(boxes) == len(rows) + 1
        for x, y, wide, high in ([float(part) for part in box] for box in boxes):
            assert x >= 0
            assert y >= 0
            assert x + wide <= width
            assert y + high <= height


def test_names_are_text_in_the_picture() -> None:
    picture = str(draw_streams([("<b>", "{{ x }}", "|", 1)], '"&', "", "A <title>"))
    assert "<b>" not in picture
    assert "{{" not in picture
    assert "<title>" not in picture
