"""What formats for people share: changes in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from handbook.check.words import count
from handbook.compare.comparison import Comparison, EntryChange
from handbook.compare.values import Difference
from handbook.compare.weights import WEIGHTS
from handbook.figures.words import listed
from handbook.report.changes.passages import Passage, passages

MARKS: Mapping[str, str] = {"added": "+", "removed": "-", "changed": "~", "moved": "↕", "renamed": "→"}
"""The sign of what happened."""

ARROW = Passage("both", " → ")
"""What stands between two short values."""

VERSION, NOTES = "version", "changes"
"""The fields with an entry's version, and with what is new in each."""

HAPPENED: Mapping[str, str] = {
    "added": "new",
    "removed": "gone",
    "renamed": "renamed",
    "changed": "changed",
    "moved": "moved",
}
"""What happened, in a word for readers."""

_SHORT = 40
_MOST = 300


def counted(comparison: Comparison) -> str:
    """How many changes there are, by weight."""
    numbers = comparison.weights
    parts = [f"{numbers[weight]} {weight}" for weight in WEIGHTS if numbers[weight]]
    return f"{count(sum(numbers.values()), 'change')}: {listed(parts)}" if parts else "nothing has changed"


def other_id(change: EntryChange) -> str:
    """The other id by which an entry is known, as words behind its own; empty when there is none."""
    if change.former_id:
        return f" (was {change.former_id})"
    return f" (leads on to {change.leads_to})" if change.leads_to else ""


def reached(comparison: Comparison, change: EntryChange) -> str:
    """Whom a change reaches, as the end of a sentence; empty for nobody."""
    parts = [comparison.kinds[name].counted(number) for name, number in change.reaches.items()]
    return f"affects {listed(parts)}" if parts else ""


def change_notes(change: EntryChange) -> list[str]:
    """What the entry itself says of what is new in its versions."""
    found = [
        part
        for difference in change.differences
        if difference.place.pointer[0] == NOTES and difference.event == "added"
        for part in (difference.after if isinstance(difference.after, list) else [difference.after])
    ]
    return [str(part["note"]) for part in found if isinstance(part, dict) and "note" in part]


def told(difference: Difference) -> Sequence[Passage]:
    """What was there and what is, as passages of which each says on which side it stands."""
    before, after = _in_words(difference.before), _in_words(difference.after)
    if difference.event == "moved":
        return [Passage("both", "stands elsewhere")]
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
        return "yes" if value else "no"
    return "" if value is None else str(value)
