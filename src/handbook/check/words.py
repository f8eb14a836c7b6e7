"""Words for messages: the nearest name to a mistyped one, lists, values of the file."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

_LONGEST_LIST = 30
_LONGEST_NAME = 200
_LONGEST_ID = 64
_MANY = 200
"""More names than a mistyped one is compared with one by one."""
_NEIGHBOURS = 15
_OBEYED = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that a terminal obeys instead of showing them: commands, and changes of direction that put words
in another order. A tab does no harm."""


class Names:
    """Names to look for the one that a mistyped name was meant to be.

    Comparing with each takes too long where there are thousands. Of many, only those are compared that
    begin or end nearly alike, or become the same when each loses a letter.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._by_folded = {name.casefold()[:_LONGEST_NAME]: name for name in sorted(names)}

    def nearest(self, name: str, likeness: float = 0.6) -> str | None:
        """The name that was probably meant, if any is near.

        Args:
            name: What was written.
            likeness: How much of both must agree, from 0 to 1.
        """
        from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

        folded = name.casefold()[:_LONGEST_NAME]
        alike = self._by_folded if len(self._by_folded) <= _MANY else self._alike(folded)
        found = get_close_matches(folded, alike, n=1, cutoff=likeness)
        return self._by_folded[found[0]] if found else None

    def suggestion(self, name: str) -> str:
        """A hint for a mistyped name: the nearest one, or those there are, unless they are many."""
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
    """A name, and the same without each of its letters; of a long name, without each of the first."""
    return {name, *(name[:at] + name[at + 1 :] for at in range(min(len(name), _LONGEST_ID)))}


def nearest(name: str, names: Iterable[str], likeness: float = 0.6) -> str | None:
    """The name that was probably meant, if any is near. Of thousands of names, make `Names` once.

    Args:
        name: What was written.
        names: What may have been meant.
        likeness: How much of both must agree, from 0 to 1.
    """
    return Names(names).nearest(name, likeness)


def suggestion(name: str, names: Iterable[str]) -> str:
    """A hint for a mistyped name: the nearest one, or those there are."""
    return Names(names).suggestion(name)


def one_of(names: Iterable[Any], word: str = "or") -> str:
    """`a`, `b` or `c`; of very many the first."""
    known = list(names)
    shown = [f"`{name}`" for name in known[:_LONGEST_LIST]]
    if len(known) > len(shown):
        shown.append(f"one of {len(known) - len(shown):,} others" if word == "or" else "others")
    return f" {word} ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))


def shown(value: Any, most: int = 60) -> str:
    """A value of the file for a message: one line, not too long, never the whole instance."""
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
    """A text on one line, fit for a terminal: YAML can write characters that a terminal would obey."""
    return visible(" ".join(text.split()))


def visible(text: str) -> str:
    """A line of text that is shown whatever is in it: no character does anything else."""
    return _OBEYED.sub("\ufffd", text)


def count(number: int, noun: str) -> str:
    """`1 item`, `2 items`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def lower_first(text: str) -> str:
    """A description as the tail of a sentence."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def first_sentence(text: str) -> str:
    """Return the first sentence of a description as the tail of a sentence, without a full stop."""
    return lower_first(text.partition(". ")[0].rstrip("."))
