"""Keep one issue for each gap: what readers searched for, or missed on a page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from handbook.base.language import _, ngettext
from handbook.base.named_tuples import NamedTuple

_MOST = 50
"""The most issues that are closed in one run."""

_WORD = re.compile(r"\w+")
_ANY = "\0"


class Titled(NamedTuple):
    """An issue.

    Attributes:
        number: Its number.
        title: Its title.
        is_open: Whether it is open.
    """

    number: int
    title: str
    is_open: bool


class Readers(Protocol):
    """A host with issues of readers."""

    def titled(self) -> Sequence[Titled]:
        """Return the latest issues, open and closed."""
        ...

    def answer(self, number: int, text: str) -> None:
        """Write or update the one answer in an issue."""
        ...

    def close_duplicate(self, number: int) -> None:
        """Close an issue as a duplicate."""
        ...


def fold(host: Readers, *, is_dry: bool) -> Iterator[str]:
    """Close the issues about a gap that an older open one is about, and yield what was done.

    The answer in the oldest one lists the others, so that their questions can be read.

    Args:
        host: The host.
        is_dry: Whether to only say what there is to do.
    """
    left = _MOST
    for issues in _themes(host.titled()):
        first = next((each.number for each in issues if each.is_open), 0)
        later = [each for each in issues if first and each.number > first]
        new = [each.number for each in later if each.is_open][:left]
        left -= len(new)
        for number in new:
            if not is_dry:
                host.answer(number, _("The same as #%(number)s, where it is collected.", number=first))
                host.close_duplicate(number)
            yield f"Close issue {number}: the same as issue {first}"
        if new and not is_dry:
            host.answer(first, _collected([each.number for each in later]))


def _themes(issues: Iterable[Titled]) -> list[list[Titled]]:
    """Return the issues about gaps by their theme, the oldest first."""
    # The titles that the search and the pages give to issues, see `byline.py` and `search_dialog.js`.
    forms = [_("Missing: %(words)s", words=_ANY), _("Missing on %(name)s", name=_ANY)]
    patterns = [re.compile("(.+)".join(map(re.escape, form.split(_ANY)))) for form in forms]
    found: dict[tuple[int, tuple[str, ...]], list[Titled]] = defaultdict(list)
    for issue in sorted(issues, key=lambda each: each.number):
        for number, pattern in enumerate(patterns):
            match = pattern.fullmatch(issue.title.strip())
            words = tuple(sorted(set(_WORD.findall(match[1].casefold())))) if match else ()
            if words:
                found[number, words].append(issue)
    return list(found.values())


def _collected(numbers: Sequence[int]) -> str:
    listed = ", ".join(f"#{number}" for number in numbers[-_MOST:])
    return ngettext(
        "%(num)s more reader misses this: %(issues)s",
        "%(num)s more readers miss this: %(issues)s",
        len(numbers),
        issues=listed,
    )
