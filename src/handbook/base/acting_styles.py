"""Find styles that load something or cover other parts of a page, read as browsers read them."""

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

# What stays in the place that the text has anyway. New properties of CSS are refused until they are known.
_STAYING = regex(
    r"--.+|(?:align|background|border|box-sizing|break|column|columns|counter|flex|font|gap|grid|justify|list-style"
    r"|mso|padding|page-break|place|row-gap|stroke|text-align|text-decoration|text-transform|text-wrap|word)(?:-.+)?"
    r"|(?:(?:max|min)-)?(?:block-size|height|inline-size|width)|accent-color|aspect-ratio|bottom|caption-side|clear"
    r"|clip-rule|color|direction|display|dominant-baseline|empty-cells|fill|fill-opacity|fill-rule|float|hyphens"
    r"|image-rendering|left|letter-spacing|line-height|object-fit|object-position|opacity|order|orphans"
    r"|overflow-wrap|print-color-adjust|right|stop-color|tab-size|table-layout|text-anchor|text-overflow"
    r"|text-underline-offset|top|user-select|vertical-align|visibility|white-space|widows|writing-mode"
)
_OUTWARD = regex(r"cursor|margin(?:-.+)?|overflow(?:-[xy])?|text-indent")
"""Properties of which some values reach beyond the element."""
_INWARD = regex(r"(?!.*(?:-\s*[.0-9]|\(|visible)).*", re.IGNORECASE | re.DOTALL)
_LONGEST = 60
"""The maximum length of a quoted setting, in characters."""


def loads(style: str) -> bool:
    """Return whether a style loads something from elsewhere. Escapes are decoded as in browsers."""
    return any(_LOADING.search(text) for text in {style, DROPPED.sub("", _ESCAPE.sub(_unescape, style))})


def covering(style: str) -> str:
    """Return the first setting of a style attribute that can cover other parts of a page; empty if none can.

    A comment makes its setting unclear, so it counts.
    """
    for setting in style.split(";"):
        name, colon, value = setting.partition(":")
        plain = _ESCAPE.sub(_unescape, name).strip().casefold()
        stays = _STAYING.fullmatch(plain) or (
            _OUTWARD.fullmatch(plain) and _INWARD.fullmatch(_ESCAPE.sub(_unescape, value))
        )
        if colon and not stays:
            return " ".join(setting.split())[:_LONGEST]
    return ""


def _unescape(escape: re.Match[str]) -> str:
    if escape["code"]:
        number = int(escape["code"], 16)
        return chr(number) if number <= _LAST_CHARACTER else "\N{REPLACEMENT CHARACTER}"
    return escape["plain"] or ""
