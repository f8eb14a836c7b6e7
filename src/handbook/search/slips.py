"""Count the slips between two words. `search_slips.js` does the same in the browser."""

from __future__ import annotations

_TWO = 2


def slips(one: str, other: str, most: int) -> int:
    """Return the number of slips between two words: letters left out, added, changed or swapped.

    Args:
        one: A word.
        other: Another word.
        most: The number that matters; any higher number can be returned for more.
    """
    one, other = _without_common_ends(one, other)
    if most == 1:
        is_swapped = len(one) == len(other) == _TWO and one == other[::-1]
        return 1 if is_swapped else max(len(one), len(other))
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, against in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def _without_common_ends(one: str, other: str) -> tuple[str, str]:
    """Return what is left of two words without the letters that both begin and end with."""
    start, length = 0, min(len(one), len(other))
    while start < length and one[start] == other[start]:
        start += 1
    end = 0
    while end < length - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[start : len(one) - end], other[start : len(other) - end]
