"""A table of HTML that is being read, as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

_PIPE = r"\|"
_MOST_COLUMNS = 40


class TableText:
    """A table that is being read.

    Attributes:
        rows: The cells of its rows, each as pieces of text.
        has_titles: For each row, whether it has only title cells so far.
    """

    def __init__(self) -> None:
        self.rows: list[list[list[str]]] = []
        self.has_titles: list[bool] = []

    def start_row(self) -> None:
        """Start a row."""
        self.rows.append([])
        self.has_titles.append(True)

    def start_cell(self, *, is_title: bool) -> None:
        """Start a cell, and a row if there is none."""
        if not self.rows:
            self.start_row()
        self.rows[-1].append([])
        self.has_titles[-1] &= is_title

    def add(self, text: str) -> None:
        """Add text to the last cell."""
        if self.rows and self.rows[-1]:
            self.rows[-1][-1].append(text)

    def markdown(self) -> str:
        """Return the table. Without a row of titles, that row is empty."""
        rows = [_joined(row) for row in self.rows if row]
        if not rows:
            return ""
        columns = max(map(len, rows))
        titles = rows.pop(0) if self.has_titles[0] and len(rows) > 1 else []
        lines = [[*row, *[""] * (columns - len(row))] for row in (titles, ["---"] * columns, *rows)]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _joined(row: Sequence[Sequence[str]]) -> list[str]:
    """Return the texts of a reasonable number of cells, each on one line; the last one has the rest."""
    cells = [" ".join(" ".join(pieces).split()).replace("|", _PIPE) for pieces in row]
    first, rest = cells[: _MOST_COLUMNS - 1], cells[_MOST_COLUMNS - 1 :]
    return [*first, " ".join(rest)] if rest else first
