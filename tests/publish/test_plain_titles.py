"""Whatever a page says of itself is HTML that shows it when a template comes to see it."""

from __future__ import annotations

from datetime import date

import pytest
from markupsafe import Markup

from handbook.publish.plain_titles import plain, plain_once, without_tags

HOSTILE = "</title><script>alert(1)</script>\" onclick='x' & &lt;b&gt;"


@pytest.mark.parametrize("make", [plain, plain_once, without_tags])
def test_no_text_can_begin_a_tag_or_end_an_attribute(make: object) -> None:
    assert callable(make)
    (name, (first, second)) = next(iter(make({HOSTILE: [HOSTILE, {"a": HOSTILE}]}).items()))
    for text in (name, first, second["a"]):
        assert isinstance(text, Markup)
        assert not set('<>"') & set(text)


def test_a_text_reads_as_it_was_written() -> None:
    assert plain(HOSTILE).unescape() == plain_once(HOSTILE).unescape() == HOSTILE


def test_html_keeps_its_references() -> None:
    assert without_tags("R&amp;D &lt;b&gt;") == "R&amp;D &lt;b&gt;"


def test_what_needs_no_reference_gets_none() -> None:
    assert plain_once("What's new & what is not") == "What's new & what is not"


def test_what_is_no_text_stays_as_it_is() -> None:
    value = {"hide": ["toc"], "search": {"boost": 4, "exclude": True}, "date": date(2026, 11, 23), "x": None}
    assert plain(value) == value
