"""Two texts as the passages that they share and those that they do not, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

_WORDS = re.compile(r"\s+|[\w/#.\-]*\w|[^\w\s]")
_AROUND = 6
"""Words of what is the same that are shown beside what is not."""

_LONGEST = 4_000
"""Words that are compared one by one; of more, the lines are."""


class Passage(NamedTuple):
    """A stretch of words.

    Attributes:
        side: Whether it stands in both texts, or only in the earlier or the later one.
        text: The words.
    """

    side: Literal["both", "before", "after"]
    text: str


def passages(before: str, after: str) -> list[Passage]:
    """What the texts share, cut to a few words beside what they do not."""
    found = list(_compared(_parts(before), _parts(after)))
    last = len(found) - 1
    return [
        passage._replace(text=_cut(passage.text, is_first=at == 0, is_last=at == last))
        if passage.side == "both"
        else passage
        for at, passage in enumerate(found)
    ]


def _parts(text: str) -> list[str]:
    found = _WORDS.findall(text.strip())
    if len(found) > _LONGEST:
        return text.strip().splitlines(keepends=True)
    # How lines are broken means nothing here; a paragraph does.
    return [part if part.strip() else "\n\n" if part.count("\n") > 1 else " " for part in found]


def _compared(before: Sequence[str], after: Sequence[str]) -> Iterator[Passage]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Passage("both", "".join(before[i1:i2]))
            continue
        if i1 < i2:
            yield Passage("before", "".join(before[i1:i2]))
        if j1 < j2:
            yield Passage("after", "".join(after[j1:j2]))


def _cut(text: str, *, is_first: bool, is_last: bool) -> str:
    """A passage that both texts share, without what is far from the difference."""
    words = re.findall(r"\s*\S+\s*", text) or [text]
    head = 0 if is_first else _AROUND
    tail = 0 if is_last else _AROUND
    if len(words) <= head + tail + 1:
        return text
    return (
        f"{''.join(words[:head]).rstrip()} … {''.join(words[len(words) - tail :]).lstrip() if tail else ''}"
    )
