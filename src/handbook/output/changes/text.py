"""Terminal format of a comparison."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.words import visible
from handbook.diff.comparison import Comparison, EntryChange
from handbook.diff.values import Difference
from handbook.output.changes.sayings import (
    ARROW,
    MARKS,
    count_changes,
    describe_reach,
    diff_segments,
    other_id,
)

_SIDES = {"both": "{}", "before": "[-{}-]", "after": "{{+{}+}}"}


def render(comparison: Comparison) -> str:
    """Render all changes, those with the highest impact first."""
    parts = ["\n".join(_change(comparison, change)) for change in comparison.changes]
    parts += [f"Not compared: {visible(gap)}" for gap in comparison.gaps]
    parts.append(
        f"From {visible(comparison.before)} to {visible(comparison.after)}: {count_changes(comparison)}."
    )
    return "\n\n".join(parts) + "\n"


def _change(comparison: Comparison, change: EntryChange) -> Iterator[str]:
    name = f"{change.kind.label.lower()} {change.id}{other_id(change)}"
    yield visible(f"{change.weight:9} {MARKS[change.what]} {name}: {change.name}")
    reach = describe_reach(comparison, change)
    if reach:
        yield f"{'':11} {reach}"
    for difference in change.differences:
        yield visible(
            f"  {difference.weight:9} {MARKS[difference.event]} {difference.place.title}: {_diff(difference)}"
        )


def _diff(difference: Difference) -> str:
    segments = diff_segments(difference)
    if any(passage.side == "both" for passage in segments) and ARROW not in segments:
        segments = [passage._replace(text=_SIDES[passage.side].format(passage.text)) for passage in segments]
    return " ".join("".join(passage.text for passage in segments).split())
