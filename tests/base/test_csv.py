"""Cells of CSV files, by Python for files of the site and by JavaScript for what a reader copies."""

from __future__ import annotations

import pytest

from handbook.base.csv_text import csv_value
from tests.node import call

CELLS = {
    "Ask, twice": '"Ask, twice"',
    '=HYPERLINK("https://example.com")': '"\'=HYPERLINK(""https://example.com"")"',
    "+1": "'+1",
    "-2+3": "'-2+3",
    "@SUM(A1)": "'@SUM(A1)",
    " =1": "' =1",
    "\t=1": "'\t'=1",
    "\n=1": "\"'\n'=1\"",
    "\uff1d1": "'\uff1d1",
    "a;=1": "a;'=1",
    "a\t@b": "a\t'@b",
    "a\n=1": '"a\n\'=1"',
    "a\n-1": '"a\n\'-1"',
    "Ask:\n- one\n+ two": '"Ask:\n- one\n+ two"',
    "a; b": "a; b",
    "a = b; c - d": "a = b; c - d",
    "a@b.example": "a@b.example",
}
"""What a cell says, and how it is written so that no spreadsheet calculates it."""


@pytest.mark.parametrize("text", CELLS)
def test_a_cell_is_shown_and_never_calculated(text: str) -> None:
    assert csv_value(text) == CELLS[text]


def test_numbers_stay_numbers() -> None:
    assert (csv_value(-3), csv_value(-0.5)) == ("-3", "-0.5")


def test_what_a_reader_copies_is_written_in_the_same_way() -> None:
    found = call("checklist_text.js", "field", [[text] for text in CELLS])
    assert dict(zip(CELLS, found, strict=True)) == CELLS
    assert call("checklist_text.js", "field", [[-3]]) == ["-3"]
