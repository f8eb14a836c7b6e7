"""Find the anchors of hand-written pages without rendering them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.base.regex import regex
from handbook.check.engine_settings import engine_settings
from handbook.check.page_prose import page_prose
from handbook.read.files import Site
from handbook.read.pages import Page

_ATX = regex(r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*#{1,6}(?P<title>[^\n]+)$", re.MULTILINE)
_SETEXT = regex(r"^[ \t>]*(?P<title>[^\s>#|][^\n]*)\n[ \t>]*(?:=+|-+)[ \t]*$", re.MULTILINE)
_UNDERLINE = regex(r"^[ \t>]*[=-]+[ \t]*$", re.MULTILINE)
_ATTRIBUTES = regex(r"\{:?[^{}\n]*\}")
_ID = regex(r"#([^\s{}#.=]+)|\bid=[\"']?([^\s\"'}]+)")
_TAG_ID = regex(r"<[A-Za-z][^<>]{0,2000}?\s(?:id|name)[ ]?=[ ]?[\"']?([^\"'\s<>]+)")
_IMAGE = regex(r"!\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])")
_LINK = regex(r"\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
_TAG = regex(r"</?[A-Za-z][^<>]*>")
_EMOJI = regex(r":[a-z0-9_+-]+:")
_NUMBERED = regex(r"(.*)_(\d+)", re.DOTALL)
_OTHER_ANCHORS = regex(r"--8<--|^[ \t>]*\[\^[^\]\n]+\]:|^[ \t>]*(?:===[!+]*[ ]\"|///)", re.MULTILINE)
"""Files that a page includes, and footnotes, tabs and blocks. Their extensions give them anchors."""
_EMPHASIS = regex(r"(?<!\w)_+|_+(?!\w)")


class AnchorStyle(NamedTuple):
    """How the engine makes the anchors of headings.

    Attributes:
        separator: What it puts between words.
        is_known: Whether it makes them in its usual way.
    """

    separator: str = "-"
    is_known: bool = True


def anchor_style(site: Site) -> AnchorStyle:
    """Return how the engine makes the anchors of headings, by its settings for the extension `toc`."""
    found = engine_settings(site, "toc", "INHERIT")
    if found is None:
        return AnchorStyle()
    options = list(_toc_options(found[1]))
    separators = {str(each["separator"]) for each in options if each.get("separator") is not None}
    # A function in the settings is a tag of YAML: its value may be empty here.
    is_known = "INHERIT" not in found[1] and len(separators) <= 1
    return AnchorStyle(
        next(iter(separators), "-"), is_known and not any("slugify" in each for each in options)
    )


def _toc_options(settings: dict[str, Any]) -> Iterator[dict[str, Any]]:
    extensions = settings.get("markdown_extensions")
    for part in (
        *(extensions if isinstance(extensions, list) else [extensions]),
        settings.get("mdx_configs"),
    ):
        for name, options in part.items() if isinstance(part, dict) else ():
            if str(name) in {"toc", "markdown.extensions.toc"} and isinstance(options, dict):
                yield options


def has_other_anchors(text: str) -> bool:
    """Return whether a page can have anchors of extensions, which are not known here."""
    return bool(_OTHER_ANCHORS.search(text))


def page_anchors(page: Page, separator: str = "-") -> frozenset[str]:
    """Return the anchors of the headings and tags of a page, without those of its macros.

    Args:
        page: The page.
        separator: What the engine puts between words.
    """
    text = page_prose(page)
    found = {
        first or second
        for attributes in _ATTRIBUTES.findall(text)
        for first, second in _ID.findall(attributes)
    }
    found.update(_TAG_ID.findall(text))
    patterns = (_ATX, _SETEXT) if _UNDERLINE.search(text) else (_ATX,)
    starts = sorted(match.start("title") for pattern in patterns for match in pattern.finditer(text))
    numbers: dict[str, int] = {}
    also = set[str]()
    for start in starts:
        # The title can have code in it, which the prose leaves out.
        end = page.text.find("\n", start)
        title = page.text[start : end if end >= 0 else None].rstrip(" \t#")
        attributes = _ATTRIBUTES.search(title)
        if not (attributes and _ID.search(attributes[0])):
            title = _ATTRIBUTES.sub("", title)
            found.add(_unused(slug(title, separator), found, numbers))
            if ":" in title:
                # Without the extension for emoji, their names are words.
                also.add(slug(title.replace(":", ""), separator))
    return frozenset(found | also)


def slug(title: str, separator: str = "-") -> str:
    """Return the anchor that Markdown makes of a heading.

    Args:
        title: The heading.
        separator: What the engine puts between words.
    """
    import unicodedata  # noqa: PLC0415 - only links to headings need it

    text = _LINK.sub(r"\1", _IMAGE.sub("", title))
    if "&" in text:
        from html import unescape  # noqa: PLC0415 - few headings have references to characters

        text = unescape(text)
    text = _EMPHASIS.sub("", _TAG.sub("", text))
    text = unicodedata.normalize("NFKD", _EMOJI.sub("", text)).encode("ascii", "ignore").decode()
    text = re.sub(r"[^\w\s-]", "", text).strip().lower()
    # The same as in `markdown.extensions.toc`.
    return re.sub(rf"[{re.escape(separator)}\s]+", lambda _: separator, text)


def _unused(anchor: str, used: set[str], numbers: dict[str, int]) -> str:
    """Return an anchor that no heading above has, with a number if need be.

    Args:
        anchor: The anchor without a number.
        used: The anchors above.
        numbers: The last number of each anchor.
    """
    # An anchor that ends with a number is counted on, and one without letters is a number only.
    numbered = _NUMBERED.fullmatch(anchor) if anchor in used else None
    base, last = (numbered[1], int(numbered[2])) if numbered else (anchor, 0)
    found = anchor
    while found in used or not found:
        numbers[anchor] = numbers.get(anchor, last) + 1
        found = f"{base}_{numbers[anchor]}"
    return found
