"""Terminal format of the tool audit."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterator

from wcwidth import wcswidth

from handbook.base.words import visible
from handbook.kinds.tool.audit import ToolAudit
from handbook.output.audit.tables import Table, tables_of, title_of

_NARROWEST = 40
_PIPED = 10_000


def render(audit: ToolAudit) -> str:
    """Render the audit as tables, without empty ones."""
    # Programs that read from a pipe get whole lines.
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _PIPED
    lines = [f"{title_of(audit)}."]
    for table in tables_of(audit):
        if table.rows:
            lines += ["", table.title.upper(), "", *_drawn(table, width)]
    return "\n".join(lines) + "\n"


def _drawn(table: Table, width: int) -> Iterator[str]:
    """Yield the lines of a table. The text of its last column wraps."""
    rows = [tuple(visible(cell) for cell in row) for row in (table.head, *table.rows)]
    widths = [max(_wide(row[at]) for row in rows) for at in range(len(table.head) - 1)]
    left = sum(widths) + 2 * len(widths)
    for row in rows:
        start = "".join(
            cell + " " * (wide - _wide(cell) + 2) for cell, wide in zip(row, widths, strict=False)
        )
        parts = textwrap.wrap(row[-1], max(width - left, _NARROWEST)) or [""]
        yield (start + parts[0]).rstrip()
        yield from (" " * left + part for part in parts[1:])


def _wide(text: str) -> int:
    """Return the columns that a text takes: some characters take two."""
    return max(wcswidth(text), 0)
