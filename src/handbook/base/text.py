"""Escape text by the type of its field, before a view sees it.

A page passes through Jinja, Python-Markdown and a browser. Every character with a special meaning for one of
them is written as a character reference, which all of them display. Plain text is therefore safe in headings,
table cells, lists, attributes and raw HTML.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from markupsafe import Markup

from handbook.base import sentences
from handbook.base.choices import Choice, label_of
from handbook.base.language import _, choice
from handbook.base.regex import regex

_SPECIAL = regex("[!\"#$&'()*+:<=>@\\[\\\\\\]^_`{|}~\x85\u2028\u2029]")
_RUNS = regex(r"-(?=-)|(?<=-)-|\.(?=\.\.)")  # typographic dashes and dots, rules
_LIST = regex(r"^(?:-|(?P<number>\d+)\.)")
_BETWEEN_WORDS = regex(r"(?<!^[A-Za-z])-|_")  # a single first letter keeps its hyphen
_LINE_ENDS = regex(r"\r\n|\r|\n")


def _escape_line(line: str) -> str:
    escaped = _SPECIAL.sub(lambda match: f"&#{ord(match[0])};", line)
    if "--" in escaped or "..." in escaped:
        escaped = _RUNS.sub(lambda match: f"&#{ord(match[0])};", escaped)
    match = _LIST.match(escaped)
    if match:
        return f"{match['number'] or ''}&#{ord(match[0][-1])};{escaped[match.end() :]}"
    return escaped


@lru_cache(maxsize=4096)
def escape(text: str) -> Markup:
    """Escape text for any position in a page. Line breaks are kept."""
    lines = _LINE_ENDS.split(text.strip().replace("\t", " "))
    return Markup("<br>".join(_escape_line(line.strip()) for line in lines))  # noqa: S704  # just escaped


def escape_code(text: str) -> Markup:
    """Escape the text of a code block on one line of the page, with all spaces and line breaks."""
    references = _escape_line(_LINE_ENDS.sub("\n", text))
    return Markup(references.replace("\n", "&#10;").replace("\t", "&#9;"))  # noqa: S704  # just escaped


class Plain(str):
    """A text that is displayed as it is."""

    __slots__ = ()

    def __html__(self) -> Markup:
        return escape(self)


class PlainChoice(Choice, Plain):
    """A choice that is displayed as it is, as its ID."""

    __slots__ = ()


def words(value: object, usual: Mapping[str, str] = MappingProxyType({})) -> Plain:
    """Return an ID as words: "Project management" for `project-management`, "T-shirt" for `t-shirt`.

    If it is one of our choices, the words are in the language of the readers.

    Args:
        value: The ID. A choice with a label is that label.
        usual: The words for the IDs that say too little.
    """
    return Plain(label_of(value) or usual.get(str(value)) or choice(spelled(str(value))))


@lru_cache(maxsize=4096)
def spelled(value: str) -> str:
    """Return an ID as English words."""
    text = _BETWEEN_WORDS.sub(" ", value)
    return text[:1].upper() + text[1:]


def in_words(date: str) -> str:
    """Return a date for readers: `2026-09-01` becomes "1 September 2026".

    Raises:
        ValueError: The date is invalid.
    """
    return sentences.in_words(dt.date.fromisoformat(date))


class Day(str):
    """A date, displayed in words."""

    __slots__ = ()

    def __html__(self) -> Markup:
        try:
            return escape(in_words(self))
        except ValueError:  # the preview of a page with errors in its sources
            return escape(self)


def finalize(value: object) -> object:
    """Return the output of `{{ … }}` in a view. A value without its own HTML is plain text."""
    if value is None:
        return Markup("")
    if isinstance(value, bool):
        return Plain(_("yes") if value else _("no"))
    return value if hasattr(value, "__html__") else Plain(value)
