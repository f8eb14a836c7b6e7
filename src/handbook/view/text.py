"""The one place where text is escaped, by the type of its field, before a view sees it.

A page passes through Jinja, Python-Markdown and a browser. Every character that means something to one
of them is written as a character reference, which all of them show and none of them acts on. So a plain
text is safe in a heading, a table cell, a list, an attribute or raw HTML alike, and a view need not know
where it stands.
"""

from __future__ import annotations

import re

from markupsafe import Markup

_SPECIAL = re.compile(
    r"[!\"#$&'()*+:<=>@\[\\\]^_`{|}~\x85\u2028\u2029]"
    r"|^-|-(?=-)|(?<=-)-|\.(?=\.\.)"  # lists, rules and front matter; typographic dashes and dots
    r"|(?<=^\d)\.|(?<=^\d\d)\.|(?<=^\d\d\d)\.|(?<=^\d{4})\.|(?<=^\d{5})\."  # numbered lists
)
_LINE_ENDS = re.compile(r"\r\n|\r|\n")


def escape(text: str) -> Markup:
    """Text as it should be read, wherever in a page it stands. Line breaks stay line breaks."""
    stripped = text.strip().replace("\t", " ")
    lines = (
        _SPECIAL.sub(lambda match: f"&#{ord(match[0])};", line.strip()) for line in _LINE_ENDS.split(stripped)
    )
    return Markup("<br>").join(map(Markup, lines))


def escape_code(text: str) -> Markup:
    """Text of a code block: every space and line break kept, on one line of the page."""
    references = _SPECIAL.sub(lambda match: f"&#{ord(match[0])};", _LINE_ENDS.sub("\n", text))
    return Markup(references.replace("\n", "&#10;").replace("\t", "&#9;"))  # noqa: S704  # escaped above


class Plain(str):
    """A text that is shown as it stands."""

    __slots__ = ()

    def __html__(self) -> Markup:
        return escape(self)


def finalize(value: object) -> object:
    """What a view's `{{ … }}` shows: anything that does not know how to show itself is plain text."""
    if value is None:
        return Markup("")
    if isinstance(value, bool):
        return Plain("yes" if value else "no")
    return value if hasattr(value, "__html__") else Plain(value)
