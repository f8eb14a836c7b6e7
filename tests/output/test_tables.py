"""Tables as text: the same values that pages show."""

from __future__ import annotations

from datetime import date

from handbook.base.table import Column, Phrase, Styled, Table, Tags
from handbook.output.tables import markdown_table, text_table

CLOSE = Phrase((date(2027, 4, 2), ": ", Styled("in 7 days", "strong")))
TABLE = Table(
    "Notices",
    [Column("Tool"), Column("Reason", is_long=True), Column("Deadline"), Column("For")],
    [
        (Styled("to-do", "label"), "Old | new", CLOSE, Tags.of(["issue-tracking", "wiki"])),
        (None, 3, Phrase.joined([]), ("a", "b")),
    ],
)


def test_a_terminal_has_the_long_column_last() -> None:
    assert list(text_table(TABLE)) == [
        "Tool   Deadline                 For                   Reason",
        "to do  2 April 2027: in 7 days  issue tracking, wiki  Old | new",
        "       None                     a, b                  3",
    ]


def test_markdown_has_the_columns_in_their_order() -> None:
    assert list(markdown_table(TABLE)) == [
        "| Tool | Reason | Deadline | For |",
        "| --- | --- | --- | --- |",
        "| to do | Old \\| new | 2 April 2027: in 7 days | issue tracking, wiki |",
        "|  | 3 | None | a, b |",
    ]
