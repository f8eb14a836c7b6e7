"""Compare two texts word by word and split them into shared and differing passages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from handbook.base.named_tuples import NamedTuple

_WORDS = re.compile(r"\s+|[\w/#.\-]*\w|[^\w\s]")
_AROUND = 6
"""Shared words that are shown next to a difference."""

_LONGEST = 4_000
"""The most words that are compared one by one. Longer texts are compared by line."""


class Passage(NamedTuple):
    """A stretch of words.

    Attributes:
        side: Whether it is in both texts, or only in the earlier or the later one.
        text: The words.
    """

    side: Literal["both", "before", "after"]
    text: str


def passages(before: str, after: str) -> list[Passage]:
    """Return the passages of two texts, with shared ones cut to a few words next to a difference."""
    compared = list(_compare(_parts(before), _parts(after)))
    last = len(compared) - 1
    return [
        passage._replace(text=_cut(passage.text, is_first=at == 0, is_last=at == last))
        if passage.side == "both"
        else passage
        for at, passage in enumerate(compared)
    ]


def _parts(text: str) -> list[str]:
    words = _WORDS.findall(text.strip())
    if len(words) > _LONGEST:
        return text.strip().splitlines(keepends=True)
    # Line breaks have no meaning, but paragraphs do.
    return [part if part.strip() else "\n\n" if part.count("\n") > 1 else " " for part in words]


def _compare(before: Sequence[str], after: Sequence[str]) -> Iterator[Passage]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Passage("both", "".join(before[i1:i2]))
            continue
        if i1 < i2:
            yield Passage("before", "".join(before[i1:i2]))
        if j1 < j2:
            yield Passage("after", "".join(after[j1:j2]))


def _cut(text: str, *, is_first: bool, is_last: bool) -> str:
    """Shorten a shared passage to the words next to a difference."""
    words = re.findall(r"\s*\S+\s*", text) or [text]
    head = 0 if is_first else _AROUND
    tail = 0 if is_last else _AROUND
    if len(words) <= head + tail + 1:
        return text
    return (
        f"{''.join(words[:head]).rstrip()} … {''.join(words[len(words) - tail :]).lstrip() if tail else ''}"
    )
