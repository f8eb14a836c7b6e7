"""Prevent accidental mentions, links and markup in text for GitHub and GitLab."""

from __future__ import annotations

from handbook.base.regex import regex
from handbook.base.words import visible

_CALL = regex(r"[@#!~](?=\w)")
"""The start of a mention of a person or a team, or of a reference to an issue, a merge request or a label."""

_NO_BREAK = "\u2060"
"""A word joiner, which has no width. Only a character between the sign and the name prevents the link,
because hosts look for mentions after they resolve escapes."""


def without_mentions(text: str) -> str:
    """Return a text that mentions no one, whatever names it contains."""
    return _CALL.sub(f"\\g<0>{_NO_BREAK}", text)


_MARKUP = str.maketrans(
    {character: f"&#{ord(character)};" for character in f"&<>\\`*_{{}}[]()#!|~@:{_NO_BREAK}"}
    | {"\n": " ", "\r": " "}
)


def escaped(text: str) -> str:
    """Return a text without markup, mentions or links for GitHub and GitLab."""
    return visible(without_mentions(text).translate(_MARKUP))
