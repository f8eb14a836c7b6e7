"""The one place where text is escaped, by the type of its field, before a view sees it.

A page passes through Jinja, Python-Markdown and a browser. Every character that means something to one
of them is written as a character reference, which all of them show and none of them acts on. So a plain
text is safe in a heading, a table cell, a list, an attribute or raw HTML alike, and a view need not know
where it stands.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from markupsafe import Markup

_REFERENCES = {ord(char): f"&#{ord(char)};" for char in "!\"#$&'()*+:<=>@[\\]^_`{|}~\x85\u2028\u2029"}
_RUNS = re.compile(r"-(?=-)|(?<=-)-|\.(?=\.\.)")  # typographic dashes and dots, rules
_LIST = re.compile(r"^(?:-|(?P<number>\d+)\.)")
_LINE_ENDS = re.compile(r"\r\n|\r|\n")


def _escape_line(line: str) -> str:
    escaped = line.translate(_REFERENCES)
    if "--" in escaped or "..." in escaped:
        escaped = _RUNS.sub(lambda match: f"&#{ord(match[0])};", escaped)
    match = _LIST.match(escaped)
    if match:
        return f"{match['number'] or ''}&#{ord(match[0][-1])};{escaped[match.end() :]}"
    return escaped


@lru_cache(maxsize=4096)
def escape(text: str) -> Markup:
    """Text as it should be read, wherever in a page it stands. Line breaks stay line breaks."""
    lines = _LINE_ENDS.split(text.strip().replace("\t", " "))
    return Markup("<br>".join(_escape_line(line.strip()) for line in lines))  # noqa: S704  # just escaped


def escape_code(text: str) -> Markup:
    """Text of a code block: every space and line break kept, on one line of the page."""
    references = _escape_line(_LINE_ENDS.sub("\n", text))
    return Markup(references.replace("\n", "&#10;").replace("\t", "&#9;"))  # noqa: S704  # just escaped


class Plain(str):
    """A text that is shown as it stands."""

    __slots__ = ()

    def __html__(self) -> Markup:
        return escape(self)


def in_words(date: str) -> str:
    """A date as people write it: `2026-09-01` becomes "1 September 2026".

    Raises:
        ValueError: There is no such day.
    """
    day = dt.date.fromisoformat(date)
    return f"{day.day} {day:%B %Y}"


class Day(str):
    """A date. Shows itself in words."""

    __slots__ = ()

    def __html__(self) -> Markup:
        try:
            return escape(in_words(self))
        except ValueError:  # a page previewed while its sources have findings
            return escape(self)


def finalize(value: object) -> object:
    """What a view's `{{ … }}` shows: anything that does not know how to show itself is plain text."""
    if value is None:
        return Markup("")
    if isinstance(value, bool):
        return Plain("yes" if value else "no")
    return value if hasattr(value, "__html__") else Plain(value)
