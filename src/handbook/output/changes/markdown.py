"""Markdown format of a comparison for a comment on a pull request: short enough, and with folded details."""

from __future__ import annotations

from collections.abc import Sequence

from handbook.base.mentions import escaped
from handbook.diff.comparison import Comparison, EntryChange
from handbook.diff.values import Difference
from handbook.diff.weights import WEIGHTS, Weight
from handbook.output.changes.passages import Passage
from handbook.output.changes.sayings import ARROW, count_changes, describe_reach, diff_segments, other_id

MOST = 65_536
"""The most characters that GitHub accepts in a comment."""

_ROOM = 400
"""Characters for the note about changes that do not fit."""

_WORDS = {
    "added": "new",
    "removed": "removed",
    "renamed": "renamed",
    "changed": "changed",
    "moved": "moved",
}
_HEADINGS: dict[Weight, str] = {
    "breaking": "Breaking changes",
    "notable": "Notable changes",
    "editorial": "Editorial changes",
}
_SIDES = {"both": "{}", "before": "<del>{}</del>", "after": "<ins>{}</ins>"}


def render(comparison: Comparison) -> str:
    """Render all changes, or as many as fit into a comment."""
    heading = f"## Changes for readers\n\n{count_changes(comparison).capitalize()}, {_from(comparison)}.\n"
    closing = "".join(f"\n> Not compared: {escaped(gap)}\n" for gap in comparison.gaps[:10])
    left = MOST - _ROOM - len(heading) - len(closing)
    parts: list[str] = []
    number = 0
    for weight in WEIGHTS:
        changes = [change for change in comparison.changes if change.weight == weight]
        for at, change in enumerate(changes):
            title = f"\n### {_HEADINGS[weight]}\n" if not at else ""
            # A change that does not fit with its details can fit without them.
            whole, short = ("".join((title, *lines)) for lines in _forms(comparison, change))
            part = next((form for form in (whole, short) if len(form) <= left), "")
            if not part:
                break
            parts.append(part)
            left -= len(part)
            number += 1
    remaining = len(comparison.changes) - number
    more = f"\n…and {remaining:,} more; run `handbook diff` to list them all.\n" if remaining else ""
    return "".join([heading, *parts, more, closing])


def _from(comparison: Comparison) -> str:
    return f"from {escaped(comparison.before)} to {escaped(comparison.after)}"


def _forms(comparison: Comparison, change: EntryChange) -> tuple[Sequence[str], Sequence[str]]:
    reach = describe_reach(comparison, change)
    head = (
        f"**{escaped(change.name)}**{escaped(other_id(change))}: {escaped(change.kind.label.lower())} "
        f"{_WORDS[change.what]}{f'; {escaped(reach)}' if reach else ''}"
    )
    if not change.differences:
        return ([f"\n{head}\n"],) * 2
    details = [
        f"- {escaped(each.place.title)} ({_WORDS[each.event]}): {_diff(each)}\n"
        for each in change.differences
    ]
    summary = head.replace("**", "")
    folded = [f"\n<details><summary>{summary}</summary>\n\n", *details, "\n</details>\n"]
    return folded, [f"\n{head}\n"]


def _diff(difference: Difference) -> str:
    passages: Sequence[Passage] = diff_segments(difference)
    if difference.event == "moved" or ARROW in passages:
        return "".join(escaped(passage.text) for passage in passages)
    return "".join(_marked(passage) for passage in passages)


def _marked(passage: Passage) -> str:
    return _SIDES[passage.side].format(escaped(passage.text))
