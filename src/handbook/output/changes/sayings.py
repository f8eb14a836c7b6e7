"""Describe changes in words, for all human-readable formats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from handbook.base.language import N_, _, current
from handbook.base.numbers import format_number
from handbook.base.sentences import listed
from handbook.base.words import count
from handbook.diff.comparison import Comparison, EntryChange
from handbook.diff.values import Difference
from handbook.diff.weights import WEIGHTS
from handbook.output.changes.passages import Passage, passages
from handbook.read.schemas.kinds import Kind

MARKS: Mapping[str, str] = {"added": "+", "removed": "-", "changed": "~", "moved": "↕", "renamed": "→"}
"""The sign of each event."""

ARROW = Passage("both", " → ")
"""The arrow between two short values."""

VERSION, NOTES = "version", "changes"
"""The fields with an entry's version and its change notes."""

HAPPENED: Mapping[str, str] = {
    "added": N_("new"),
    "removed": N_("removed"),
    "renamed": N_("renamed"),
    "changed": N_("changed"),
    "moved": N_("moved"),
}
"""Each event in a word for readers."""

_SHORT = 40
_MOST = 300


def count_changes(comparison: Comparison) -> str:
    """Count the changes by impact, in words."""
    numbers = comparison.weights
    parts = [f"{numbers[weight]} {weight}" for weight in WEIGHTS if numbers[weight]]
    return f"{count(sum(numbers.values()), 'change')}: {listed(parts)}" if parts else "no changes"


def other_id(change: EntryChange) -> str:
    """Return the former or the replacement ID of an entry in brackets; empty if there is none."""
    if change.former_id:
        return f" (was {change.former_id})"
    return f" (replaced by {change.leads_to})" if change.leads_to else ""


def describe_reach(comparison: Comparison, change: EntryChange) -> str:
    """Return who is affected by a change, as the end of a sentence; empty if no one is."""
    parts = [_counted(comparison.kinds[name], number) for name, number in change.reaches.items()]
    return _("affects %(entries)s", entries=listed(parts)) if parts else ""


def _counted(kind: Kind, number: int) -> str:
    if current().is_english:
        return kind.counted(number)
    return f"{format_number(number)} {_(kind.label if number == 1 else kind.title)}"


def change_notes(change: EntryChange) -> list[str]:
    """Return the change notes that were added to an entry."""
    notes = [
        part
        for difference in change.differences
        if difference.place.pointer[0] == NOTES and difference.event == "added"
        for part in (difference.after if isinstance(difference.after, list) else [difference.after])
    ]
    texts = [str(part["note"]) for part in notes if isinstance(part, dict) and "note" in part]
    return [current().with_words(text) for text in texts]


def diff_segments(difference: Difference) -> Sequence[Passage]:
    """Return the old and the new text as diff segments, each marked as before, after or both."""
    before, after = _in_words(difference.before), _in_words(difference.after)
    if difference.event == "moved":
        return [Passage("both", _("moved"))]
    if difference.event == "added":
        return [Passage("after", _shortened(after))]
    if difference.event == "removed":
        return [Passage("before", _shortened(before))]
    if max(len(before), len(after)) > _SHORT:
        return passages(before, after)
    return [Passage("before", before), ARROW, Passage("after", after)]


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _MOST else f"{text[: _MOST - 1].rstrip()}…"


def _in_words(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name.replace('_', ' ')}: {_in_words(part)}" for name, part in value.items())
    if isinstance(value, list):
        return ", ".join(map(_in_words, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else current().with_words(str(value))
