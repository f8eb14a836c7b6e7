"""Render tables for terminals, Markdown and CSV."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from handbook.base.csv_text import csv_value
from handbook.base.mentions import without_mentions
from handbook.base.regex import regex
from handbook.base.sentences import in_words
from handbook.base.table import Phrase, Several, Styled, Table
from handbook.base.words import visible
from handbook.link.catalogue import Entry
from handbook.output.columns import drawn

_MARKS = regex(r"[\\`*_\[\]<>|&~#!]")
"""Characters with a meaning in Markdown, at the end of a cell or at the start of a tag."""
_PIPED = 10_000


def text_table(table: Table) -> Iterator[str]:
    """Yield the lines of a table on the terminal. Long columns are last, where they can wrap."""
    order = sorted(range(len(table.columns)), key=lambda at: table.columns[at].is_long)
    rows = [[column.title for column in table.columns], *(list(map(_cell, row)) for row in table.rows)]
    return text_rows([row[at] for at in order] for row in rows)


def text_rows(rows: Iterable[list[str]]) -> Iterator[str]:
    """Yield the lines of rows on the terminal."""
    return drawn(list(rows), _width())


def markdown_table(table: Table) -> Iterator[str]:
    """Yield the lines of a table in Markdown."""
    yield _line(column.title for column in table.columns)
    yield _line("---" for _ in table.columns)
    yield from (_line(markdown_text(_cell(cell)) for cell in row) for row in table.rows)


def markdown_text(text: str) -> str:
    """Return a text on one line with Markdown's characters escaped, which mentions no one."""
    line = without_mentions(visible(" ".join(text.split())))
    return _MARKS.sub(lambda mark: f"\\{mark[0]}", line)


def csv_lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Yield rows as lines of CSV, which spreadsheets show and never calculate.

    Args:
        rows: The titles of the columns, then the values. A list of words is separated by semicolons, and
            anything deeper is JSON.
    """
    return (f"{','.join(csv_value(_flat(value)) for value in row)}\n" for row in rows)


def _width() -> int:
    # Programs that read from a pipe get whole lines.
    if not sys.stdout.isatty():
        return _PIPED
    from shutil import get_terminal_size  # noqa: PLC0415 - slow to import

    return get_terminal_size().columns


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: Any) -> str:
    """Return the text of a cell."""
    if isinstance(value, Entry):
        return value.name
    if isinstance(value, date):
        return in_words(value)
    if isinstance(value, Phrase):
        return "".join(map(_cell, value))
    if isinstance(value, Several):
        return str(Several(map(_cell, value)))
    if isinstance(value, tuple) and not isinstance(value, Styled):
        return ", ".join(map(_cell, value))
    return "" if value is None else str(value)


def _flat(value: Any) -> Any:
    if isinstance(value, list) and not any(isinstance(item, (list, dict)) for item in value):
        return "; ".join(str(item) for item in value)
    if not isinstance(value, (list, dict)):
        return value
    import json  # noqa: PLC0415 - few fields have lists

    return json.dumps(value, ensure_ascii=False)
