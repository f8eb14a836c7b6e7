"""Pair the items of two lists: which is which, and which have moved."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from handbook.read.schemas.validation import frozen_value

_ALIKE = 0.5
"""The share of words that a changed text has in common with the old one; below, it counts as replaced."""

_Pair = tuple[int | None, int | None]
"""The positions of an item, before and after."""


def by_key(before: Sequence[Any], after: Sequence[Any], key: str) -> list[_Pair] | None:
    """Return the pairs of items with the same key, if every item has a unique key."""
    names = [
        [item.get(key) if isinstance(item, dict) else None for item in items] for items in (before, after)
    ]
    for found in names:
        if None in found or len({str(name) for name in found}) < len(found):
            return None
    then, now = ({str(name): position for position, name in enumerate(found)} for found in names)
    return _in_order([(then.get(name), position) for name, position in now.items()], len(before))


def by_likeness(before: Sequence[Any], after: Sequence[Any]) -> list[_Pair]:
    """Return the pairs of equal items; of the items in between, pair similar ones in their order."""
    then, now = _frozen(before), _frozen(after)
    matcher = SequenceMatcher(None, then, now, autojunk=False)
    pairs: list[_Pair] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        left = list(range(i1, i2))
        for position in range(j1, j2):
            same = tag == "equal" or (bool(left) and _is_alike(before[left[0]], after[position]))
            pairs.append((left.pop(0) if same else None, position))
        pairs += [(position, None) for position in left]
    # An item that has only moved is the same.
    gone = {then[i]: i for i, j in pairs if i is not None and j is None}
    new = {now[j]: j for i, j in pairs if j is not None and i is None}
    moved = {new[value]: gone[value] for value in gone.keys() & new.keys()}
    found = [(moved.get(j, i) if j is not None else i, j) for i, j in pairs]
    return [pair for pair in found if pair[1] is not None or pair[0] not in moved.values()]


def _frozen(items: Sequence[Any]) -> list[Any]:
    return [" ".join(item.split()) if isinstance(item, str) else frozen_value(item) for item in items]


def _is_alike(before: Any, after: Any) -> bool:
    """Return whether an item counts as changed rather than replaced."""
    if isinstance(before, dict) and isinstance(after, dict):
        same = sum(
            name in after and frozen_value(part) == frozen_value(after[name]) for name, part in before.items()
        )
        return bool(2 * same >= len(before))
    if not isinstance(before, str) or not isinstance(after, str):
        return False
    return SequenceMatcher(None, before.split(), after.split(), autojunk=False).ratio() >= _ALIKE


def _in_order(found: list[_Pair], length: int) -> list[_Pair]:
    """Return the pairs, with each removed item after the item that it followed."""
    kept = {then for then, _ in found}
    gone: dict[int | None, list[_Pair]] = defaultdict(list)
    last: int | None = None
    for position in range(length):
        if position in kept:
            last = position
        else:
            gone[last].append((position, None))
    pairs = gone[None]
    for then, now in found:
        pairs += [(then, now), *(gone[then] if then is not None else ())]
    return pairs


def moved_from(order: Sequence[int]) -> set[int]:
    """Return the fewest positions to move so that the rest is in order.

    They are the ones outside a longest increasing run (M. L. Fredman, "On computing the length of longest
    increasing subsequences", Discrete Mathematics 11, 1975).
    """
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for value in order:
        at = bisect_left(tails, value)
        before[value] = tails[at - 1] if at else None
        tails[at : at + 1] = [value]
    kept: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return set(order) - kept
