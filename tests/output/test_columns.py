"""Rows of text in columns fit a terminal, whatever the characters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from handbook.output.columns import drawn

CELLS = st.text(st.sampled_from("ab c漢字é-\n"), max_size=60)


def test_columns_stand_two_spaces_apart() -> None:
    assert list(drawn([["A", "B"], ["one", "two three"]], 80)) == ["A    B", "one  two three"]


def test_the_widest_column_goes_on_in_the_next_line() -> None:
    rows = [["id", "long enough for two lines", "end"]]
    assert list(drawn(rows, 26)) == ["id  long enough for    end", "    two lines"]


def test_a_word_that_is_too_long_is_cut() -> None:
    assert list(drawn([["x", "0123456789abcdef"]], 13)) == ["x  0123456789", "   abcdef"]


def test_wide_characters_take_two_columns() -> None:
    assert list(drawn([["漢字", "b"], ["abcd", "e"]], 80)) == ["漢字  b", "abcd  e"]


def test_lines_of_a_cell_stay_lines() -> None:
    assert list(drawn([["a", "one\ntwo"]], 80)) == ["a  one", "   two"]


def test_what_a_terminal_would_obey_is_not_printed() -> None:
    assert "\x1b" not in "".join(drawn([["\x1b[31mred", "b"]], 80))


@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1)))
def test_nothing_is_lost_and_all_fits(rows: list[list[str]]) -> None:
    """Every letter is there, and no line is wider than the terminal when there is room for the columns."""
    lines = list(drawn(rows, 50))
    assert max(map(wcswidth, lines)) <= 50
    letters = sorted("".join("".join(cell.split()) for row in rows for cell in row))
    assert sorted("".join("".join(lines).split())) == letters
