"""Remove links to hidden content, together with their text, which would name it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from handbook.base.markdown_links import targets_that
from handbook.base.prose import prose

HIDDEN = "Hidden"
"""Replaces everything that would name hidden content. IDs have no capital letters."""

_INLINE = re.compile(r"\]\(\s*<?(?P<target>[^\s()<>]*)>?(?:\s[^()\n]{0,500})?\)")
_DEFINITION = re.compile(
    r"^ {0,3}\[(?P<label>[^\[\]\n]{1,500})\]:[ \t]*<?(?P<target>[^\s<>]+)[^\n]*\n?", re.MULTILINE
)
_ELEMENT = re.compile(r"<a\s[^<>]{0,2000}?href\s*=\s*[\"']?(?P<target>[^\"'<>\s]*)[^<>]{0,2000}>")
_REFERENCE = re.compile(r"\](?:\[(?P<label>[^\[\]\n]{0,500})\])?")

_BRACKET = re.compile(r"\\.|!?\[|\]", re.DOTALL)

_Piece = tuple[int, int, str]
"""The start and the end of a piece of a text, and its replacement."""


def without_links(text: str, is_hidden: Callable[[str], bool]) -> str:
    """Return a Markdown text with every link to a hidden target replaced.

    Args:
        text: The text. Code in it stays unchanged.
        is_hidden: Tells whether a target, as written in the text, is hidden.
    """
    if "](" in text:
        text = _replaced(text, _inline_links(prose(text), is_hidden))
    if "]:" in text:
        labels = {
            _folded(match["label"])
            for match in _DEFINITION.finditer(prose(text))
            if is_hidden(match["target"])
        }
        if labels:
            text = _replaced(text, _definitions(prose(text), labels))
            text = _replaced(text, _references(prose(text), labels))
    if "<a" in text:
        text = _replaced(text, _elements(prose(text), is_hidden))
    return text


def leads_to(text: str, is_hidden: Callable[[str], bool]) -> bool:
    """Return whether any link in a Markdown text, however written, opens a hidden target."""
    return any(targets_that(is_hidden, text))


def _inline_links(text: str, is_hidden: Callable[[str], bool]) -> Iterator[_Piece]:
    openings = _openings(text)
    for match in _INLINE.finditer(text):
        if is_hidden(match["target"]):
            yield openings.get(match.start(), match.start()), match.end(), HIDDEN


def _definitions(text: str, labels: set[str]) -> Iterator[_Piece]:
    for match in _DEFINITION.finditer(text):
        if _folded(match["label"]) in labels:
            yield match.start(), match.end(), ""


def _references(text: str, labels: set[str]) -> Iterator[_Piece]:
    openings = _openings(text)
    for match in _REFERENCE.finditer(text):
        start = openings.get(match.start(), match.start())
        label = match["label"] or text[start : match.start()].removeprefix("!").removeprefix("[")
        if _folded(label) in labels:
            yield start, match.end(), HIDDEN


def _elements(text: str, is_hidden: Callable[[str], bool]) -> Iterator[_Piece]:
    for match in _ELEMENT.finditer(text):
        end = text.find("</a>", match.end())
        if end >= 0 and is_hidden(match["target"]):
            yield match.start(), end + len("</a>"), HIDDEN


def _openings(text: str) -> dict[int, int]:
    """Return the start of the text that ends at each closing bracket, including the mark of an image."""
    waiting: list[int] = []
    found: dict[int, int] = {}
    for match in _BRACKET.finditer(text):
        if match[0].endswith("["):
            waiting.append(match.start())
        elif match[0] == "]" and waiting:
            found[match.start()] = waiting.pop()
    return found


def _replaced(text: str, pieces: Iterator[_Piece]) -> str:
    """Return a text with pieces replaced; of two that overlap, the earlier one covers both."""
    parts: list[str] = []
    done = 0
    for start, end, instead in sorted(pieces):
        if start >= done:
            parts += [text[done:start], instead]
        done = max(done, end)
    return "".join([*parts, text[done:]])


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()
