"""A comparison as the comment of a pull request: the weightiest first, details folded, never too long."""

from __future__ import annotations

from collections.abc import Sequence

from handbook.check.words import visible
from handbook.compare.comparison import Comparison, EntryChange
from handbook.compare.values import Difference
from handbook.compare.weights import WEIGHTS, Weight
from handbook.report.changes.passages import Passage
from handbook.report.changes.sayings import ARROW, counted, other_id, reached, told
from handbook.report.mentions import without_mentions

MOST = 65_536
"""The characters that GitHub takes in a comment (Limits of its interface; more is refused)."""

_ROOM = 400
"""Characters for what is said of the changes that find no place."""

_WORDS = {
    "added": "new",
    "removed": "removed",
    "renamed": "renamed",
    "changed": "changed",
    "moved": "moved",
}
_HEADINGS: dict[Weight, str] = {
    "breaking": "Breaking: readers must work differently, or cannot find what they knew",
    "notable": "Notable",
    "editorial": "Wording",
}
_SIDES = {"both": "{}", "before": "<del>{}</del>", "after": "<ins>{}</ins>"}
_MARKUP = str.maketrans(
    {character: f"&#{ord(character)};" for character in "&<>\\`*_{}[]()#!|~@:\u2060"} | {"\n": " ", "\r": " "}
)


def render(comparison: Comparison) -> str:
    """All changes, or as many as a comment holds."""
    heading = f"## What changes for readers\n\n{counted(comparison).capitalize()}, {_from(comparison)}.\n"
    closing = "".join(f"\n> Not compared: {_escaped(gap)}\n" for gap in comparison.gaps[:10])
    left = MOST - _ROOM - len(heading) - len(closing)
    parts: list[str] = []
    said = 0
    for weight in WEIGHTS:
        changes = [change for change in comparison.changes if change.weight == weight]
        for at, change in enumerate(changes):
            title = f"\n### {_HEADINGS[weight]}\n" if not at else ""
            # What finds no place with its details finds one without.
            whole, short = ("".join((title, *lines)) for lines in _forms(comparison, change))
            part = next((form for form in (whole, short) if len(form) <= left), "")
            if not part:
                break
            parts.append(part)
            left -= len(part)
            said += 1
    lost = len(comparison.changes) - said
    more = f"\n…and {lost:,} more; `handbook diff` lists them all.\n" if lost else ""
    return "".join([heading, *parts, more, closing])


def _from(comparison: Comparison) -> str:
    return f"from {_escaped(comparison.before)} to {_escaped(comparison.after)}"


def _forms(comparison: Comparison, change: EntryChange) -> tuple[Sequence[str], Sequence[str]]:
    reach = reached(comparison, change)
    head = (
        f"**{_escaped(change.name)}**{_escaped(other_id(change))}: {_escaped(change.kind.label.lower())} "
        f"{_WORDS[change.what]}{f'; {_escaped(reach)}' if reach else ''}"
    )
    if not change.differences:
        return ([f"\n{head}\n"],) * 2
    details = [
        f"- {_escaped(each.place.title)} ({_WORDS[each.event]}): {_told(each)}\n"
        for each in change.differences
    ]
    summary = head.replace("**", "")
    folded = [f"\n<details><summary>{summary}</summary>\n\n", *details, "\n</details>\n"]
    return folded, [f"\n{head}\n"]


def _told(difference: Difference) -> str:
    passages: Sequence[Passage] = told(difference)
    if difference.event == "moved" or ARROW in passages:
        return "".join(_escaped(passage.text) for passage in passages)
    return "".join(_marked(passage) for passage in passages)


def _marked(passage: Passage) -> str:
    return _SIDES[passage.side].format(_escaped(passage.text))


def _escaped(text: str) -> str:
    """A text that GitHub shows as it is written: no markup, no mention of anybody, no link."""
    return visible(without_mentions(text).translate(_MARKUP))
