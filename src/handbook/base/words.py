"""Format messages: suggestions for mistyped names, lists and values."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from handbook.base.regex import regex

_LONGEST_LIST = 30
_LONGEST_NAME = 200
_LONGEST_ID = 64
_MANY = 200
"""The number of names up to which a mistyped one is compared with each of them."""
_NEIGHBOURS = 15
_OBEYED = regex("[\x00-\x08\x0a-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that a terminal interprets instead of showing: commands, and changes of direction that reorder
words. A tab is harmless."""


class Names:
    """Names to suggest in place of a mistyped one.

    Comparing with each of thousands takes too long. Of many names, only those are compared that start or end
    almost alike, or become equal if each loses a letter.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._by_folded = {name.casefold()[:_LONGEST_NAME]: name for name in sorted(names)}

    def nearest(self, name: str, likeness: float = 0.6, besides: str = "") -> str | None:
        """Return the closest name, if any is close enough.

        Args:
            name: The name as written.
            likeness: The share of both that must match, from 0 to 1.
            besides: A name to leave out.
        """
        from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

        folded = name.casefold()[:_LONGEST_NAME]
        alike = self._by_folded if len(self._by_folded) <= _MANY else self._alike(folded)
        left = (other for other in alike if self._by_folded[other] != besides) if besides else alike
        found = get_close_matches(folded, left, n=1, cutoff=likeness)
        return self._by_folded[found[0]] if found else None

    def certain(self, name: str) -> str | None:
        """Return the only name that this one can be a misspelling of; without it, or with two, `None`."""
        from handbook.base.likeness import is_surely, same_letters  # noqa: PLC0415 - as above

        folded = name.casefold()[:_LONGEST_NAME]
        alike = self._by_folded if len(self._by_folded) <= _MANY else self._alike(folded)
        found = [other for other in alike if is_surely(folded, other)]
        same = [other for other in found if same_letters(folded, other)] or found
        return self._by_folded[same[0]] if len(same) == 1 else None

    def suggestion(self, name: str) -> str:
        """Return a hint for a mistyped name: the closest one, or all valid names unless they are many."""
        near = self.nearest(name)
        if near:
            return f"Did you mean `{near}`?"
        return f"Use {one_of(self._by_folded.values())}" if 0 < len(self._by_folded) <= _LONGEST_LIST else ""

    def _alike(self, folded: str) -> list[str]:
        found = set(_around(self._sorted, folded))
        found |= {name[::-1] for name in _around(self._sorted_by_end, folded[::-1])}
        for shorter in _with_a_letter_less(folded):
            found.update(self._by_shorter.get(shorter, ())[:_NEIGHBOURS])
        return sorted(found)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._by_folded)

    @cached_property
    def _sorted_by_end(self) -> list[str]:
        return sorted(name[::-1] for name in self._by_folded)

    @cached_property
    def _by_shorter(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for name in self._by_folded:
            for shorter in _with_a_letter_less(name):
                found[shorter].append(name)
        return dict(found)


def _around(names: Sequence[str], name: str) -> Sequence[str]:
    at = bisect_left(names, name)
    return names[max(at - _NEIGHBOURS, 0) : at + _NEIGHBOURS]


def _with_a_letter_less(name: str) -> set[str]:
    """Return a name, and the name without each of its letters; of a long name, without each of the first."""
    return {name, *(name[:at] + name[at + 1 :] for at in range(min(len(name), _LONGEST_ID)))}


def nearest(name: str, names: Iterable[str], likeness: float = 0.6) -> str | None:
    """Return the closest name, if any is close enough. For thousands of names, create `Names` once.

    Args:
        name: The name as written.
        names: The valid names.
        likeness: The share of both that must match, from 0 to 1.
    """
    return Names(names).nearest(name, likeness)


def likeness(name: str, other: str) -> float:
    """Return the share of two names that is the same, from 0 to 1, as `Names` compares them."""
    from difflib import SequenceMatcher  # noqa: PLC0415 - only a mistake needs it

    first, second = (each.casefold()[:_LONGEST_NAME] for each in (other, name))
    return SequenceMatcher(None, first, second).ratio()


def suggestion(name: str, names: Iterable[str]) -> str:
    """Return a hint for a mistyped name: the closest one, or the valid names."""
    return Names(names).suggestion(name)


def one_of(names: Iterable[Any], word: str = "or") -> str:
    """Join names: `a`, `b` or `c`; of very many, the first ones."""
    known = list(names)
    shown = [f"`{name}`" for name in known[:_LONGEST_LIST]]
    if len(known) > len(shown):
        shown.append(f"one of {len(known) - len(shown):,} others" if word == "or" else "others")
    return enumerated(shown, word)


def enumerated(parts: Sequence[str], word: str = "or") -> str:
    """Join parts of a sentence: a, b or c."""
    return f" {word} ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


_UNKNOWN = frozenset(
    {"?", "-", "n/a", "na", "none", "null", "not known", "open", "pending", "tba", "tbc", "tbd", "unknown"}
)


def says_unknown(value: object) -> bool:
    """Return whether a value only says that the real one is unknown."""
    return isinstance(value, str) and (value.strip().casefold() in _UNKNOWN or set(value.strip()) == {"?"})


def shown(value: Any, most: int = 60) -> str:
    """Return a value of the file for a message: one short line, never a whole list or mapping."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    text = one_line(str(value))
    return f"`{text if len(text) <= most else text[: most - 1] + '…'}`"


def one_line(text: str) -> str:
    """Return a text on one line, safe for a terminal: YAML can have characters that terminals interpret."""
    return visible(" ".join(text.split()))


def visible(text: str) -> str:
    """Return a line with every character that a terminal would interpret replaced."""
    # Nothing that can be printed is interpreted, and this is much faster to find out.
    return text if text.isprintable() else _OBEYED.sub("\ufffd", text)


def count(number: int, noun: str) -> str:
    """Return a number with its noun: `1 item`, `2,000 items`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def lower_first(text: str) -> str:
    """Return a description as the tail of a sentence."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def first_sentence(text: str) -> str:
    """Return the first sentence of a description as the tail of a sentence, without a full stop."""
    return lower_first(text.partition(". ")[0].rstrip("."))


def days(number: int) -> str:
    """Return a number of days in words: `today`, `in 3 days` or `3 days ago`."""
    if number == 0:
        return "today"
    amount = f"{abs(number)} day{'' if abs(number) == 1 else 's'}"
    return f"in {amount}" if number > 0 else f"{amount} ago"
