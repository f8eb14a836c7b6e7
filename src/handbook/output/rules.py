"""Terminal report of the rules: all in a table, or one with its reason and an example.

Reasons are in the current language.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from handbook.base.language import _, translate
from handbook.base.rule import Rule
from handbook.check.example import example

_MOST = 100
_LONGEST = 40


def render_rules(rules: Iterable[Rule[Any]], width: int, off: Mapping[str, str]) -> str:
    """Render one line for each rule: code, severity, name and reason.

    Args:
        rules: The rules.
        width: The columns of the terminal. Longer lines are cut.
        off: What to say of the rules that are off, by code.
    """
    rows = [
        (rule.code, str(rule.severity), rule.name, off.get(rule.code, translate(rule.reason)))
        for rule in rules
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = [
        "  ".join([*(cell.ljust(wide) for cell, wide in zip(row, widths, strict=False)), row[3]])
        for row in rows
    ]
    return "".join(f"{line if len(line) <= width else line[: width - 1] + '…'}\n" for line in lines)


def render_rule(rule: Rule[Any], width: int, off: Mapping[str, str]) -> str:
    """Render a rule with its reason and an example. The arguments are those of `render_rules`."""
    reason = textwrap.fill(translate(rule.reason), min(width, _MOST), break_long_words=False)
    title = f"{rule.code} {rule.name} ({off.get(rule.code, rule.severity)})"
    return "\n".join([title, "", reason, "", *_example(rule)]) + "\n"


def _example(rule: Rule[Any]) -> Iterator[str]:
    sample = example(rule)
    marked = len(sample.before.splitlines()) - (not sample.before.endswith("\n") and bool(sample.before))
    yield f"{_('Incorrect')} ({sample.path}):"
    yield ""
    for number, line in enumerate(_lines(sample.before + sample.place + sample.after)):
        yield f"  {line}".rstrip()
        if number == marked and sample.place:
            column = len(sample.before) - (sample.before.rfind("\n") + 1)
            yield "  " + " " * column + "^" * len(sample.place)
    yield ""
    yield f"{_('Correct')}:" if sample.fixed else f"{_('Correct')}: {_('No such file.')}"
    if sample.fixed:
        yield ""
        yield from (f"  {line}".rstrip() for line in _lines(sample.fixed))


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text; of a very long text, only the first."""
    lines = [line if len(line) <= _MOST else f"{line[: _MOST - 1]}…" for line in text.splitlines()]
    yield from lines[:_LONGEST]
    if len(lines) > _LONGEST:
        yield f"… {len(lines) - _LONGEST:,} more lines"
