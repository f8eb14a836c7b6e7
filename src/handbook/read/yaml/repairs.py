"""Find the slip behind a syntax error by correcting it: the right one makes more of the text readable."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from yaml.cyaml import CParser  # type: ignore[attr-defined]  # it is there, the stubs do not export it
from yaml.error import MarkedYAMLError

from handbook.base.named_tuples import NamedTuple
from handbook.read.yaml.changes import Change, changed, offset_before
from handbook.read.yaml.lines import Find, Lines, Slip
from handbook.read.yaml.slips import REPEATED, SLIPS

_MOST_CHARACTERS = 1_000_000
"""The largest text to try corrections on. Each attempt reads it from the start."""

_MOST_READ = 1_000_000
"""The most characters to read again to find the lines of one slip. The rest is another one."""

_TAB_WIDTHS = (2, 4, 8)
_TABS = re.compile(r"[ ]*\t[ \t]*")
_STRUCTURE = re.compile(r"(?P<dashes>(?:-[ \t]+)*)(?:(?<=[ \t])[^\s]|[\w-]+:(?:\s|$))")
_AT_CONTEXT = "could not find expected ':'"


class _Read(NamedTuple):
    """How far a text can be read.

    Attributes:
        error: The first syntax error, if any.
        at: Its offset; after the end if there is none.
        opening: The offset where libyaml started to look at what is wrong.
        events: What was read, without places.
        starts: The places of keys and values.
    """

    error: MarkedYAMLError | None
    at: int
    opening: int
    events: Sequence[tuple[Any, ...]]
    starts: frozenset[int]


def find_slip(text: str) -> Slip | None:
    """Return the slip behind the first syntax error of a text; `None` if it is another mistake."""
    if len(text) > _MOST_CHARACTERS:
        return None
    read = _read(text)
    if read.error is None:
        return None
    lines = Lines(text)
    numbers = _suspects(lines, read)
    tabs = _tab_slip(lines, numbers, read)
    if tabs:
        return tabs
    for find in SLIPS:
        for slip in _slips(find, lines, numbers):
            if not slip.changes:
                return slip
            after = _read(changed(text, slip.changes))
            if _is_further(after, read, slip.changes):
                return _with_repetitions(find, lines, slip, after) if find in REPEATED else slip
    return None


def _slips(find: Find, lines: Lines, numbers: Sequence[int]) -> list[Slip]:
    """Return the slips of one type on some lines; if people repeat it, also all of them as one."""
    slips = [slip for number in numbers if (slip := find(lines, number))]
    if len(slips) > 1 and find in REPEATED:
        first = min(slips, key=lambda slip: slip.start)
        changes = {change for slip in slips for change in slip.changes}
        return [*slips, first._replace(changes=tuple(sorted(changes)))]
    return slips


def _suspects(lines: Lines, read: _Read) -> list[int]:
    """Return the lines that can have caused an error, the likeliest first."""
    noticed = lines.number(min(read.at, len(lines.text)))
    opening = lines.number(min(read.opening, len(lines.text)))
    first, second = (opening, noticed) if _is_at_opening(read) else (noticed, opening)
    above = [lines.above(first), lines.above(second)]
    found = [
        first,
        *([second] if abs(second - first) <= 1 else []),
        *(each for each in above if each is not None),
    ]
    return list(dict.fromkeys(found))


def _is_at_opening(read: _Read) -> bool:
    """Return whether the mistake is where libyaml started to look, not where it stopped."""
    return read.error is not None and _AT_CONTEXT in (read.error.problem or "")


def _is_further(after: _Read, before: _Read, changes: Sequence[Change]) -> bool:
    """Return whether the changes let more of the text be read."""
    if after.error is None:
        return True
    last = max(change.end for change in changes)
    # A field without a colon is noticed on a later line.
    at = offset_before(after.opening if _is_at_opening(after) else after.at, changes)
    return at > last and at > (before.opening if _is_at_opening(before) else before.at)


def _with_repetitions(find: Find, lines: Lines, slip: Slip, after: _Read) -> Slip:
    """Return a slip with the same one on later lines. A change never adds or removes a line."""
    changes = slip.changes
    number: int | None = lines.number(changes[-1].start)
    for _ in range(_MOST_READ // len(lines.text)):
        if number is None:
            break
        longer = tuple(dict.fromkeys((*changes, *_run(find, lines, number))))
        if len(longer) > len(changes):
            further = _read(changed(lines.text, longer))
            at, opening = (offset_before(offset, changes) for offset in (after.at, after.opening))
            if not _is_further(further, after._replace(at=at, opening=opening), longer):
                break
            changes, after = longer, further
        if after.error is None:
            break
        now = Lines(changed(lines.text, changes))
        done = {lines.number(change.start) for change in changes}
        number = next(
            (each for each in _suspects(now, after) if each not in done and find(lines, each)), None
        )
    return slip._replace(changes=tuple(sorted(changes)))


def _run(find: Find, lines: Lines, number: int) -> Iterator[Change]:
    """Yield the changes for the slips on a line and on those right below it with the same indent."""
    indent = lines.indent(number)
    while number < len(lines) and lines.indent(number) == indent and (slip := find(lines, number)):
        yield from slip.changes
        number += 1


def _tab_slip(lines: Lines, numbers: Sequence[int], read: _Read) -> Slip | None:
    """Return the slip of tabs in an indent. The right width is the one that makes the lines fit."""
    first = next((number for number in numbers if _TABS.match(lines[number])), None)
    if first is None:
        return None
    results = {width: _with_width(lines, first, width, read) for width in _TAB_WIDTHS}
    good = [(changes, events) for changes, events in results.values() if changes]
    at = lines.start(first) + lines[first].index("\t")
    hint = "Replace the tab with spaces: two for each level"
    slip = Slip("Tab used instead of spaces", hint, at, at + 1)
    if not good:
        return slip
    return slip._replace(changes=good[0][0], is_safe=all(events == good[0][1] for _, events in good))


def _with_width(
    lines: Lines, first: int, width: int, read: _Read
) -> tuple[tuple[Change, ...], Sequence[tuple[Any, ...]]]:
    """Return the changes that expand tabs, and what is read then; no changes if the lines don't fit."""
    changes: tuple[Change, ...] = ()
    number: int | None = first
    after = read
    for _ in range(_MOST_READ // len(lines.text)):
        if number is None:
            break
        more = tuple(_expanded(lines, number, width))
        if set(more) & set(changes):
            return (), ()
        changes = (*changes, *more)
        after = _read(changed(lines.text, changes))
        if after.error is None:
            break
        now = Lines(changed(lines.text, changes))
        number = next((each for each in _suspects(now, after) if _TABS.match(now[each])), None)
    if after.error is not None and not _is_further(after, read, changes):
        return (), ()
    # A line that became part of the text above is lost.
    shift = 0
    for change in sorted(changes):
        shift += len(change.text) - (change.end - change.start)
        found = _STRUCTURE.match(lines.text, change.end)
        if found and found.end("dashes") + shift not in after.starts:
            return (), ()
    return changes, after.events


def _expanded(lines: Lines, number: int, width: int) -> Iterator[Change]:
    """Yield the changes for the tabs in the indent of a line and of those right below it."""
    while number < len(lines) and (indent := _TABS.match(lines[number])):
        start = lines.start(number)
        yield Change(start, start + indent.end(), indent[0].expandtabs(width))
        number += 1


def _read(text: str) -> _Read:
    """Read the events of a text up to the first error."""
    parser = CParser(text)
    events: list[tuple[Any, ...]] = []
    starts: set[int] = set()
    try:
        while (event := parser.get_event()) is not None:
            events.append((event.__class__, getattr(event, "value", None)))
            starts.add(event.start_mark.index if event.start_mark else 0)
    except MarkedYAMLError as error:
        at = error.problem_mark.index if error.problem_mark else 0
        opening = error.context_mark.index if error.context_mark else at
        return _Read(error, at, opening, events, frozenset(starts))
    return _Read(None, len(text) + 1, len(text) + 1, events, frozenset(starts))
