"""Tables in HTML for GitHub and GitLab, where no text of theirs counts as Markdown."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from typing import Any

from handbook.base.mentions import without_mentions
from handbook.base.table import Phrase, Styled, Table


def html_rows(table: Table) -> Iterator[str]:
    """Yield the row of the titles, and the row of each line: `<tr>…</tr>` and a line break."""
    yield _row("th", (column.title for column in table.columns))
    yield from (_row("td", cells) for cells in table.rows)


def _row(tag: str, cells: Iterable[Any]) -> str:
    return f"<tr>{''.join(f'<{tag}>{html_of(cell)}</{tag}>' for cell in cells)}</tr>\n"


def html_of(value: Any) -> str:
    """Return the HTML of a cell or a text, without accidental mentions or links."""
    if isinstance(value, Phrase):
        return "".join(map(html_of, value))
    if isinstance(value, Styled) and value.style == "code":
        return f"<code>{html.escape(value.text)}</code>"
    return html.escape(without_mentions(str(value)))
