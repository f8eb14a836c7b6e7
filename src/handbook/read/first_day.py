"""The tags by which pages choose tools for one message that requests access to all of them."""

from __future__ import annotations

from collections.abc import Iterable

from handbook.base.regex import regex
from handbook.read.pages import Page

FIRST_DAY = "day-one"
"""The tag of the tools to request on the first day."""
_CALL = regex(r"""\baccess_request\([ ]*(?:(?:tag[ ]*=[ ]*)?["'](?P<tag>[^"']*)["'])?[ ]*\)""")


def requested_tags(pages: Iterable[Page]) -> tuple[str, ...]:
    """Return the tags of the tools that messages on pages ask for, in order."""
    calls = (call for page in pages for call in _CALL.finditer(page.text))
    return tuple(dict.fromkeys(call["tag"] or FIRST_DAY for call in calls))
