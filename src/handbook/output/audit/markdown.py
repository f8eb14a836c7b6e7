"""Markdown format of the tool audit, for a document or a message."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.base.words import visible
from handbook.kinds.tool.audit import ToolAudit
from handbook.output.audit.tables import Table, tables_of, title_of
from handbook.output.mentions import without_mentions

_MARKS = re.compile(r"[\\`*_\[\]<>|&~#!]")
"""Characters with a meaning in Markdown, at the end of a cell or at the start of a tag."""


def render(audit: ToolAudit) -> str:
    """Render the audit as tables, without empty ones."""
    lines = [f"# {_quoted(title_of(audit))}"]
    for table in tables_of(audit):
        if table.rows:
            lines += ["", f"## {table.title}", "", *_drawn(table)]
    return "\n".join(lines) + "\n"


def _drawn(table: Table) -> Iterator[str]:
    yield _row(table.head)
    yield _row(("---",) * len(table.head))
    yield from (_row(tuple(map(_quoted, row))) for row in table.rows)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _quoted(text: str) -> str:
    """Return a text with Markdown's characters escaped."""
    line = without_mentions(visible(" ".join(text.split())))
    return _MARKS.sub(lambda mark: f"\\{mark[0]}", line)
