"""Rules for people at a terminal: all of them in a table, or one with its reason and its example."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from handbook.check.example import example
from handbook.check.rule import Rule

_MOST = 100
_LONGEST = 40


def render_rules(rules: Iterable[Rule[Any]], width: int) -> str:
    """A line for each rule: code, severity, name and the first sentence of its reason.

    Args:
        rules: The rules.
        width: The columns of the terminal; longer lines are cut.
    """
    rows = [(rule.code, str(rule.severity), rule.name, rule.reason) for rule in rules]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = [
        "  ".join([*(cell.ljust(wide) for cell, wide in zip(row, widths, strict=False)), row[3]])
        for row in rows
    ]
    return "".join(f"{line if len(line) <= width else line[: width - 1] + '…'}\n" for line in lines)


def render_rule(rule: Rule[Any], width: int) -> str:
    """Everything there is to know about a rule."""
    reason = textwrap.fill(rule.reason, min(width, _MOST), break_long_words=False)
    return "\n".join([f"{rule.code} {rule.name} ({rule.severity})", "", reason, "", *_example(rule)]) + "\n"


def _example(rule: Rule[Any]) -> Iterator[str]:
    shown = example(rule)
    marked = len(shown.before.splitlines()) - (not shown.before.endswith("\n") and bool(shown.before))
    yield f"Wrong, in {shown.path}:"
    yield ""
    for number, line in enumerate(_lines(shown.before + shown.place + shown.after)):
        yield f"  {line}".rstrip()
        if number == marked and shown.place:
            column = len(shown.before) - (shown.before.rfind("\n") + 1)
            yield "  " + " " * column + "^" * len(shown.place)
    yield ""
    yield "Right:" if shown.mended else "Right: no such file"
    if shown.mended:
        yield ""
        yield from (f"  {line}".rstrip() for line in _lines(shown.mended))


def _lines(text: str) -> Iterator[str]:
    """The lines of a text; of a very long one the first."""
    lines = [line if len(line) <= _MOST else f"{line[: _MOST - 1]}…" for line in text.splitlines()]
    yield from lines[:_LONGEST]
    if len(lines) > _LONGEST:
        yield f"… {len(lines) - _LONGEST} more lines"
