"""Content: a table that Markdown doesn't show as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from handbook.base.markdown_tables import cells, is_ruler
from handbook.base.named_tuples import NamedTuple
from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.rule import rule
from handbook.base.words import count
from handbook.check.page_prose import page_prose
from handbook.check.rules.examples import with_tool
from handbook.check.texts import Change, Text, markdown_texts
from handbook.read.context import Context
from handbook.read.pages import Page

_MAY_BE_TABLE = regex(r"-[ \t:]*\||\|[ \t:]*-|\|[ \t]*\n[ \t>]*\|")
_PREFIX = regex(r"[ \t>]*")
CODE = regex(r"(?P<ticks>`+)(?!`)(?:[^\n]*?[^`\n])(?P=ticks)(?!`)")
DRAWN = regex(r"<pre\b(?:(?!</pre).)*", re.DOTALL | re.IGNORECASE)
"""Text that is shown as it is written, such as a drawing."""
_PIPE = regex(r"(?<!\\)\|")
_MACRO = regex(r"\{\{[^\n]*?\}\}|\{%[^\n]*?%\}")

_TABLE = """    notes: |
      | Plan | Price |
      |------|-------|
      | Team | 14 USD |
"""


class Row(NamedTuple):
    """A line with a pipe, without what is in front of a table.

    Attributes:
        start: Its offset in the text.
        text: Its text.
    """

    start: int
    text: str

    @property
    def pipes_in_code(self) -> Sequence[int]:
        """Return the offsets of pipes in code that split a cell."""
        return [
            self.start + code.start() + pipe.start()
            for code in CODE.finditer(self.text)
            for pipe in _PIPE.finditer(code[0])
        ]

    @property
    def is_framed(self) -> bool:
        """Return whether it starts and ends with a pipe, as only rows of tables do."""
        return self.text.startswith("|") and len(self.text) > 1 and self.text.endswith("|")


def may_hold_table(text: str) -> bool:
    """Return whether a text might hold a table."""
    return "|" in text and _MAY_BE_TABLE.search(text) is not None


@rule(
    "HB317",
    "table-row",
    reason=(
        "Markdown drops the cells of a row that its table has no column for. A pipe in code starts a cell, "
        "too. Without the line of dashes below its first row, the whole table is shown as text."
    ),
    bad=with_tool(_TABLE.replace("| Team | 14 USD |", "«| Team | 14 USD | |»")),
    good=with_tool(_TABLE),
    is_local=True,
)
def _check(context: Context) -> Iterator[Problem]:
    for text in markdown_texts(context, may_hold_table):
        for rows in table_rows(text):
            yield from _problems(text, rows)


def table_rows(text: Text) -> Iterator[list[Row]]:
    """Yield the lines with pipes that follow each other, outside blocks of code and comments."""
    rows: list[Row] = []
    start = 0
    prose = page_prose(text.where) if isinstance(text.where, Page) else text.text
    prose = DRAWN.sub(lambda block: re.sub(r"[^\n]", " ", block[0]), prose)
    for line, shown in zip(text.written.split("\n"), prose.split("\n"), strict=True):
        # Code inside a line is part of its row.
        row = line if shown.strip() else ""
        if "{" in row and "|" in row and isinstance(text.where, Page):
            row = _MACRO.sub(lambda macro: " " * len(macro[0]), row)
        if "|" in row and (indent := _PREFIX.match(row)):
            rows.append(Row(start + indent.end(), row[indent.end() :].rstrip()))
        elif rows:
            yield rows
            rows = []
        start += len(line) + 1
    if rows:
        yield rows


def find_ruler(rows: Sequence[Row]) -> int:
    """Return the place of the line of dashes; 0 if there is none."""
    return next((at for at in range(1, len(rows)) if is_ruler(rows[at].text)), 0)


def _problems(text: Text, rows: list[Row]) -> Iterator[Problem]:
    ruler = find_ruler(rows)
    columns = cells(rows[ruler].text)
    if not ruler:
        if len(rows) > 1 and all(row.is_framed and not is_ruler(row.text) for row in rows):
            message = "Missing line of dashes below the first row of this table"
            yield _problem(text, rows[0], message, f"Add `|{'---|' * cells(rows[0].text)}` below it")
        return
    for row in rows[ruler - 1 :]:
        if pipes := row.pipes_in_code:
            changes: list[Change] = [(pipe, pipe + 1, "\\|") for pipe in pipes]
            message = "The pipe in this code starts a new cell of the table"
            yield text.problem(pipes[0], pipes[0] + 1, message, "Use `\\|` for a pipe in a cell", *changes)
        elif row is rows[ruler - 1] and cells(row.text) != columns:
            message = (
                f"The first row of this table has {count(cells(row.text), 'cell')}, "
                f"the line below it {count(columns, 'cell')}"
            )
            hint = "Write as many cells in both, or Markdown shows the table as text"
            yield _problem(text, row, message, hint)
            return
        elif cells(row.text) > columns:
            message = (
                f"Too many cells: this row has {count(cells(row.text), 'cell')}, "
                f"its table {count(columns, 'column')}"
            )
            yield _problem(text, row, message, "Remove the extra pipe, or use `\\|` for a pipe in the text")


def _problem(text: Text, row: Row, message: str, hint: str) -> Problem:
    return text.problem(row.start, row.start + len(row.text), message, hint)
