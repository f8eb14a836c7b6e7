"""Find the anchors of hand-written pages without rendering them."""

from __future__ import annotations

import html
import re

from handbook.check.page_prose import page_prose
from handbook.read.pages import Page

_ATX = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*#{1,6}(?P<title>[^\n]+)$", re.MULTILINE)
_SETEXT = re.compile(r"^[ \t>]*(?P<title>[^\s>#|][^\n]*)\n[ \t>]*(?:=+|-+)[ \t]*$", re.MULTILINE)
_ATTRIBUTES = re.compile(r"\{:?[^{}\n]*\}")
_ID = re.compile(r"#([^\s{}#.=]+)|\bid=[\"']?([^\s\"'}]+)")
_TAG_ID = re.compile(r"<[A-Za-z][^<>]{0,2000}?\s(?:id|name)[ ]?=[ ]?[\"']?([^\"'\s<>]+)")
_IMAGE = re.compile(r"!\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])")
_LINK = re.compile(r"\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_EMOJI = re.compile(r":[a-z0-9_+-]+:")
_EMPHASIS = re.compile(r"(?<!\w)_+|_+(?!\w)")


def page_anchors(page: Page) -> frozenset[str]:
    """Return the anchors of the headings and tags of a page, without those of its macros."""
    text = page_prose(page)
    found = {
        first or second
        for attributes in _ATTRIBUTES.findall(text)
        for first, second in _ID.findall(attributes)
    }
    found.update(_TAG_ID.findall(text))
    starts = sorted(match.start("title") for pattern in (_ATX, _SETEXT) for match in pattern.finditer(text))
    numbers: dict[str, int] = {}
    for start in starts:
        # The title can have code in it, which the prose leaves out.
        end = page.text.find("\n", start)
        title = page.text[start : end if end >= 0 else None].rstrip(" \t#")
        attributes = _ATTRIBUTES.search(title)
        if not (attributes and _ID.search(attributes[0])):
            found.add(_unused(slug(_ATTRIBUTES.sub("", title)), found, numbers))
    return frozenset(found)


def slug(title: str) -> str:
    """Return the anchor that Markdown makes of a heading."""
    import unicodedata  # noqa: PLC0415 - only links to headings need it

    text = _LINK.sub(r"\1", _IMAGE.sub("", title))
    text = _EMPHASIS.sub("", _TAG.sub("", html.unescape(text) if "&" in text else text))
    text = unicodedata.normalize("NFKD", _EMOJI.sub("", text)).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", text).strip().lower())


def _unused(anchor: str, used: set[str], numbers: dict[str, int]) -> str:
    """Return an anchor that no heading above has, with a number if need be.

    Args:
        anchor: The anchor without a number.
        used: The anchors above.
        numbers: The last number of each anchor.
    """
    found = anchor
    while found in used:
        numbers[anchor] = numbers.get(anchor, 0) + 1
        found = f"{anchor}_{numbers[anchor]}"
    return found
