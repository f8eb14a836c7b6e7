"""Find the texts that still name what changes have taken away."""

from __future__ import annotations

import re
from collections.abc import Iterable

from handbook.check.texts import texts
from handbook.read.context import Context
from handbook.read.life import is_gone, is_record
from handbook.read.raw import RawEntry


def still_named(before: Context, after: Context, ended: RawEntry | None = None) -> list[str]:
    """Return where texts name an entry that has gone: the paths with their lines, each once, in order.

    Entries that only tell of the past can name it.

    Args:
        before: The site before the changes.
        after: The site after them.
        ended: The entry that the changes retire, which can have ended before.
    """
    names = (_names(before) | (_names_of([ended]) if ended else set())) - _names(after)
    if not names:
        return []
    # The longest first: one name can be the start of another.
    choices = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    pattern = re.compile(rf"(?<![\w-])(?:{choices})(?![\w-])")
    places = set()
    for text in texts(after, pattern.search):
        if isinstance(text.where, RawEntry) and is_record(text.where.value):
            continue
        for found in pattern.finditer(text.text):
            problem = text.problem(found.start(), found.end(), "", "")
            places.add((problem.path, problem.span.line))
    return [f"{path}:{line}" for path, line in sorted(places)]


def _names(context: Context) -> set[str]:
    """Return the names of the entries that are there for readers."""
    return _names_of(entry for entry in context.entries if not is_gone(entry.value))


def _names_of(entries: Iterable[RawEntry]) -> set[str]:
    names = (entry.value.get("name") for entry in entries)
    return {name.strip() for name in names if isinstance(name, str) and name.strip()}
