"""Content: a row of a Markdown table with more cells than the table has columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import count
from handbook.check.rules.examples import with_tool
from handbook.check.texts import markdown_texts
from handbook.read.context import Context

_MAY_BE_RULER = re.compile(r"-[ \t:]*\||\|[ \t:]*-")
_DASHES = re.compile(r":?-+:?")
_BAR = re.compile(r"(?<!\\)\|")

_TABLE = """    notes: |
      | Plan | Price |
      |------|-------|
      | Team | 14 USD |
"""


def _is_ruler(row: str) -> bool:
    """Return whether a line is the delimiter row of a table."""
    cells = row.strip().removeprefix("|").removesuffix("|").split("|")
    return "|" in row and all(_DASHES.fullmatch(cell.strip()) for cell in cells)


def _cells(row: str) -> int:
    row = row.strip()
    return len(_BAR.findall(row)) + 1 - row.startswith("|") - (row.endswith("|") and not row.endswith("\\|"))


def _may_hold_table(text: str) -> bool:
    return "|" in text and _MAY_BE_RULER.search(text) is not None


@rule(
    "HB317",
    "table-row",
    reason="Markdown drops the cells of a row that its table has no column for, and their content is lost.",
    bad=with_tool(_TABLE.replace("| Team | 14 USD |", "«| Team | 14 USD | |»")),
    good=with_tool(_TABLE),
)
def _check(context: Context) -> Iterator[Problem]:
    for text in markdown_texts(context, _may_hold_table):
        lines = text.text.split("\n")
        start = 0
        columns = 0
        for index, line in enumerate(lines):
            if _is_ruler(line) and index and "|" in lines[index - 1]:
                columns = _cells(line)
            elif "|" not in line:
                columns = 0
            elif columns and _cells(line) > columns:
                begin = start + len(line) - len(line.lstrip())
                yield text.problem(
                    begin,
                    start + len(line.rstrip()),
                    f"Too many cells: this row has {count(_cells(line), 'cell')}, "
                    f"its table {count(columns, 'column')}",
                    "Remove the extra pipe, or use `\\|` for a pipe in the text",
                )
            start += len(line) + 1
