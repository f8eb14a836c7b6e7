"""Find the links in a Markdown text, and their targets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from handbook.base.named_tuples import NamedTuple
from handbook.base.regex import regex

_LINK = regex(r"\](?:\(|:)\s*<?\s*([^\s)>]*)")
"""A possible Markdown link. Every link matches, with at least the start of its target."""
_TAG = regex(r"<(?:a|img)\b[^<>]{0,2000}?\s(?:href|src)[ ]?=[ ]?[\"']?\s*([^\"'<>\s]*)", re.IGNORECASE)
_ADDRESS = regex(r"<(https?://[^<>\s]*)>", re.IGNORECASE)
_WRITTEN_OTHERWISE = regex(r"[\\&%]")
"""Characters that are decoded in a target."""
_NOTE = regex(r"^([ ]{0,3}\[\^[^\[\]\n]{1,100}\]):", re.MULTILINE)
"""A footnote. It is no definition of a link, although the parser reads it so."""
_HOPELESS = regex(r"\]\((?=(?:[^\s()\\]*+(?:\([^\s()\\]*+\)[^\s()\\]*+)*+\(){33})")
"""Text with more parentheses than the parser allows in a link target. There can be many of them."""

_WRITTEN = regex(
    r"(?P<inline>\]\([ \t\n]?)(?:<(?P<angled>[^<>\n]*)>|(?P<plain>(?:[^()<>\n\"']|\([^()\n]*\))*+))"
    r"(?=[\n]?[ \t]*(?:\)|[\"'\n]))"
    r"|^[ ]{0,3}\[(?!\^)[^\[\]\n]{1,500}\]:[ \t]*<?(?P<defined>[^\s<>]+)"
    r"|<(?:a|img)\b[^<>]{0,2000}?\s(?:href|src)[ ]?=[ ]?"
    r"(?P<quote>[\"']?)(?P<html>[^\"'<>\n]*)(?P=quote)(?=[\s/>])"
    r"|<(?P<address>https?://[^<>\s]*)>",
    re.MULTILINE | re.IGNORECASE,
)
"""A link or an image as written: inline, a definition, a tag, or an address alone."""
_MACRO = " " * 4
"""A blank that stands for a macro. No macro is shorter."""
_BRACKET = regex(r"\\.|!?\[|\]", re.DOTALL)


class WrittenLink(NamedTuple):
    """A link or an image in a text.

    Attributes:
        target: What it opens, as written.
        start: The offset of the target in the text.
        is_tag: Whether it is a tag. Engines leave the target of a tag as it is.
    """

    target: str
    start: int
    is_tag: bool = False

    @property
    def end(self) -> int:
        """Return the offset of the end of the target."""
        return self.start + len(self.target)


def may_link(text: str) -> bool:
    """Return whether a Markdown text might contain a link or an image, as Markdown or as a tag."""
    return "](" in text or "]:" in text or "<" in text


def targets_that(are_meant: Callable[[str], bool], text: str) -> Iterator[str]:
    """Yield the link targets in a Markdown text for which a function returns true."""
    # The parser is slow to import, and most texts have only links that are obviously correct.
    if "]" in text:
        seen = _LINK.findall(text)
        if any(are_meant(target) or is_written_otherwise(target) for target in seen):
            yield from filter(are_meant, _targets(text))


def is_written_otherwise(target: str) -> bool:
    """Return whether a target has to be decoded, so that one can't tell what it is."""
    return _WRITTEN_OTHERWISE.search(target) is not None


def _targets(text: str) -> Iterator[str]:
    """Yield the targets of all links in a Markdown text."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - as above

    without_notes = _NOTE.sub(r"\1 :", text) if "[^" in text else text
    for block in MarkdownIt("commonmark").enable("table").parse(_HOPELESS.sub("] (", without_notes)):
        for token in block.children or ():
            target = token.attrGet("href") or token.attrGet("src")
            if isinstance(target, str):
                yield target


@lru_cache(maxsize=256)
def possible_links(text: str) -> Sequence[tuple[str, bool]]:
    """Return what might be the start of a link target on a page, and whether it is in a tag."""
    found = [(target, False) for target in (*_LINK.findall(text), *_ADDRESS.findall(text))]
    return [*found, *((target, True) for target in _TAG.findall(text))]


def written_links(text: str) -> Iterator[WrittenLink]:
    """Yield the links and images of a page as written, in order, except those with a macro in the target.

    Args:
        text: The text, with blanks for code, comments and macros.
    """
    openings = None
    for found in _WRITTEN.finditer(text):
        name = found.lastgroup or ""
        if found["inline"]:
            openings = openings_of(text) if openings is None else openings
            if found.start() not in openings:
                continue
            name = "angled" if found["angled"] is not None else "plain"
        raw = found[name]
        target = raw.strip()
        if target and _MACRO not in raw:
            yield WrittenLink(target, found.start(name) + raw.index(target), name == "html")


def openings_of(text: str) -> dict[int, int]:
    """Return the start of the text that ends at each closing bracket, including the mark of an image."""
    waiting: list[int] = []
    found: dict[int, int] = {}
    for match in _BRACKET.finditer(text):
        if match[0] in {"[", "!["}:
            waiting.append(match.start())
        elif match[0] == "]" and waiting:
            found[match.start()] = waiting.pop()
    return found
