"""Leave out the sections of a page whose macros have nothing to show yet, with their headings and texts."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from handbook.base.named_tuples import NamedTuple
from handbook.base.prose import prose

_HEADING = re.compile(r"^(?P<marks>#{2,6}) ", re.MULTILINE)
_PART = re.compile(r"^(?P<marks>#{1,6}) |<(?P<closing>/?)div\b", re.MULTILINE)
_EMPTY_FRAME = re.compile(r"^<div\b[^>\n]*\bmarkdown\b[^>\n]*>\s*</div>\n?", re.MULTILINE)
_NOTHING = re.compile(r"\s*<p class=\"hb-none\">(?:(?!</p>).)*</p>\s*", re.DOTALL)


class Shown(NamedTuple):
    """What a macro on a page showed.

    Attributes:
        line: The line of the call, counted from 1.
        is_nothing: Whether it has nothing to show.
    """

    line: int
    is_nothing: bool


def is_nothing(result: object) -> bool:
    """Return whether the result of a macro is only a sentence that there is nothing to show."""
    return isinstance(result, str) and _NOTHING.fullmatch(result) is not None


def without_empty_sections(text: str, shown: Sequence[Shown]) -> str:
    """Return the text of a page without the sections whose macros all have nothing to show.

    A section goes to the next heading of its level, or to the `div` around that heading, or to the end of the
    `div` that it is in. A section without macros stays, and so does the part above the first section.

    Args:
        text: The text before its macros are rendered.
        shown: What its macros showed, links within a sentence excepted.
    """
    if not any(each.is_nothing for each in shown):
        return text
    starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
    calls = sorted((starts[each.line - 1], not each.is_nothing) for each in shown)
    places = [at for at, _ in calls]
    something = list(accumulate((is_shown for _, is_shown in calls), initial=0))
    kept, done = [], 0
    for start, end in _sections(text):
        first, last = bisect_left(places, start), bisect_left(places, end)
        if start >= done and first < last and something[first] == something[last]:
            kept.append(text[done:start])
            done = end
    if not done:
        return text
    left = "".join([*kept, text[done:]])
    shorter = _EMPTY_FRAME.sub("", left)
    while shorter != left:
        left, shorter = shorter, _EMPTY_FRAME.sub("", shorter)
    return left


def _sections(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each section begins and ends, an outer one before those in it."""
    words = prose(text)
    parts = list(_PART.finditer(words))
    places = [part.start() for part in parts]
    for heading in _HEADING.finditer(words):
        depth, opened = 0, 0
        for part in parts[bisect_right(places, heading.start()) :]:
            if part["marks"] and len(part["marks"]) <= len(heading["marks"]):
                # The frame around the next heading is not part of this section.
                yield heading.start(), opened if depth else part.start()
                break
            if not part["marks"] and not depth:
                opened = part.start()
            depth += 0 if part["marks"] else -1 if part["closing"] else 1
            if depth < 0:
                yield heading.start(), part.start()
                break
        else:
            yield heading.start(), len(text)
