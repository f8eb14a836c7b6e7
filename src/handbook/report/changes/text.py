"""A comparison for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.check.words import visible
from handbook.compare.comparison import Comparison, EntryChange
from handbook.compare.values import Difference
from handbook.report.changes.sayings import ARROW, MARKS, counted, other_id, reached, told

_SIDES = {"both": "{}", "before": "[-{}-]", "after": "{{+{}+}}"}


def render(comparison: Comparison) -> str:
    """All changes, the weightiest first."""
    parts = ["\n".join(_change(comparison, change)) for change in comparison.changes]
    parts += [f"not compared: {visible(gap)}" for gap in comparison.gaps]
    parts.append(f"From {visible(comparison.before)} to {visible(comparison.after)}: {counted(comparison)}.")
    return "\n\n".join(parts) + "\n"


def _change(comparison: Comparison, change: EntryChange) -> Iterator[str]:
    known = f"{change.kind.label.lower()} {change.id}{other_id(change)}"
    yield visible(f"{change.weight:9} {MARKS[change.what]} {known}: {change.name}")
    reach = reached(comparison, change)
    if reach:
        yield f"{'':11} {reach}"
    for difference in change.differences:
        yield visible(
            f"  {difference.weight:9} {MARKS[difference.event]} {difference.place.title}: {_told(difference)}"
        )


def _told(difference: Difference) -> str:
    found = told(difference)
    if any(passage.side == "both" for passage in found) and ARROW not in found:
        found = [passage._replace(text=_SIDES[passage.side].format(passage.text)) for passage in found]
    return " ".join("".join(passage.text for passage in found).split())
