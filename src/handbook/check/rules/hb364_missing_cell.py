"""Content: a row of a table with fewer cells than the table has columns."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.markdown_tables import cells
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import count
from handbook.check.rules.examples import with_tool
from handbook.check.rules.hb317_table_row import find_ruler, may_hold_table, table_rows
from handbook.check.texts import markdown_texts
from handbook.read.context import Context

_TABLE = """    notes: |
      | Plan | Seats | Price |
      |------|-------|-------|
      | Team | 40 | 14 USD |
"""


@rule(
    "HB364",
    "missing-cell",
    Severity.WARNING,
    reason=(
        "Markdown fills a row with empty cells at its end. If a cell in the middle is missing, the values "
        "after it are in the wrong columns, and readers take a seat count for a price."
    ),
    bad=with_tool(_TABLE.replace("| Team | 40 | 14 USD |", "«| Team | 14 USD |»")),
    good=with_tool(_TABLE),
    is_local=True,
)
def _check(context: Context) -> Iterator[Problem]:
    for text in markdown_texts(context, may_hold_table):
        for rows in table_rows(text):
            ruler = find_ruler(rows)
            columns = cells(rows[ruler].text) if ruler else 0
            for row in rows[ruler + 1 :]:
                end = row.start + len(row.text)
                # A macro can write several cells.
                if cells(row.text) < columns and row.is_framed and "{" not in text.written[row.start : end]:
                    message = (
                        f"Missing cell: this row has {count(cells(row.text), 'cell')}, "
                        f"its table {count(columns, 'column')}"
                    )
                    yield text.problem(row.start, end, message, "Add it, or `|` for an empty cell")
