"""Names for screen readers: each table is called like the heading above it, and icons have no name."""

from __future__ import annotations

import re

from handbook.base.regex import regex

# A common beginning makes them several times as fast.
_ICON = regex(r"(?s)<(?:(?P<script>script\b.*?</script>)|svg\b(?![^>]*\s(?:aria-|role=)))")
_PART = regex(
    r"(?s)<(?:script\b.*?</script>|(?P<opened>details\b)|(?P<closed>/details>)"
    r"|(?P<head>h[1-6]|summary)\b[^>]*>(?P<title>.*?)</(?P=head)>|table\b(?P<table>[^>]*)>)"
)
_MARKUP = regex(r'(?s)<a class="headerlink".*?</a>|<svg\b.*?</svg>|<[^>]*>')
_NAMED = regex(r"\s(?:aria-label|aria-labelledby|role)=")


def name_parts(page: str) -> str:
    """Return an HTML page whose tables have names, and whose icons are hidden from screen readers.

    Icons and tables that say otherwise stay as they are.
    """
    page = _ICON.sub(lambda found: found[0] if found["script"] else '<svg aria-hidden="true"', page)
    if "<table" not in page:
        return page
    names = [""]

    def with_name(found: re.Match[str]) -> str:
        if found["opened"]:
            names.append(names[-1])
        elif found["closed"] and len(names) > 1:
            names.pop()
        elif found["head"]:
            names[-1] = " ".join(_MARKUP.sub("", found["title"]).split()).replace('"', "&quot;")
        elif found["table"] is not None and names[-1] and not _NAMED.search(found["table"]):
            return f'<table aria-label="{names[-1]}"{found["table"]}>'
        return found[0]

    return _PART.sub(with_name, page)
