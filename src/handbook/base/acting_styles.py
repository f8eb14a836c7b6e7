"""Find styles that load something, read as browsers read them."""

from __future__ import annotations

import re

from handbook.base.regex import regex

DROPPED = regex(r"[\t\n\r]")
"""Characters that browsers remove from an address. Control characters are also stripped from its ends."""

_LOADING = regex(
    r"@import|image-set\(|(?:url|src)\([\0- ]*+[\"']?[\0- ]*+(?!data:image/)(?:[a-z][a-z0-9+.-]*:|[\\/]{2})",
    re.IGNORECASE,
)
_ESCAPE = regex(
    r"\\(?:(?P<code>[0-9a-f]{1,6})(?:\r\n|[ \t\r\n\f])?|(?:\r\n|[\n\r\f])|(?P<plain>.))", re.IGNORECASE
)
"""CSS escapes: characters by number, escaped line ends, and characters escaped without need."""
_LAST_CHARACTER = 0x10FFFF


def loads(style: str) -> bool:
    """Return whether a style loads something from elsewhere. Escapes are decoded as in browsers."""
    return any(_LOADING.search(text) for text in {style, DROPPED.sub("", _ESCAPE.sub(_unescape, style))})


def _unescape(escape: re.Match[str]) -> str:
    if escape["code"]:
        number = int(escape["code"], 16)
        return chr(number) if number <= _LAST_CHARACTER else "\N{REPLACEMENT CHARACTER}"
    return escape["plain"] or ""
