"""Remove links to hidden content, together with their text, which would name it.

Links to content that is only gone lose their target and keep their text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from handbook.base.language import N_
from handbook.base.markdown_links import openings_of, targets_that
from handbook.base.prose import prose

HIDDEN = N_("Hidden")
"""Replaces everything that would name hidden content, for readers in their language. IDs have no capitals."""

_INLINE = re.compile(
    r"\]\(\s*<?(?P<target>[^\s()<>]*)>?"
    r"(?:\s(?:[^()\n]{0,500}|\s*(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'|\([^()\n]{0,500}\))\s*))?\)"
)
_DEFINITION = re.compile(
    r"^ {0,3}\[(?P<label>[^\[\]\n]{1,500})\]:[ \t]*\n?[ \t]*<?(?P<target>[^\s<>]+)[^\n]*\n?", re.MULTILINE
)
_ELEMENT = re.compile(
    r"<(?P<name>a|area)\s[^<>]{0,2000}?href\s*=\s*[\"']?(?P<target>[^\"'<>\s]*)[^<>]{0,2000}>", re.IGNORECASE
)
_END = re.compile(r"</a\s*>", re.IGNORECASE)
_ESCAPED = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
"""A backslash that Markdown leaves out of a target."""
_REFERENCE = re.compile(r"\](?:\[(?P<label>[^\[\]\n]{0,500})\])?")

_Piece = tuple[int, int, str]
"""The start and the end of a piece of a text, and its replacement."""
_Cut = Callable[[tuple[int, int], tuple[int, int]], Iterator[_Piece]]


def without_links(
    text: str, is_hidden: Callable[[str], bool], *, keep_words: bool = False, word: str = HIDDEN
) -> str:
    """Return a Markdown text with every link to a hidden target replaced.

    Args:
        text: The text. Code in it stays unchanged.
        is_hidden: Tells whether a target, as written in the text, is hidden.
        keep_words: Whether to replace a link with its text.
        word: What replaces it otherwise.
    """

    def is_meant(target: str) -> bool:
        return is_hidden(target) or (target != (decoded := _decoded(target)) and is_hidden(decoded))

    def cut(opening: tuple[int, int], closing: tuple[int, int]) -> Iterator[_Piece]:
        """Yield the pieces of a link between its opening and its closing mark."""
        if keep_words:
            yield (*opening, "")
            yield (*closing, "")
        else:
            yield opening[0], closing[1], word

    if "](" in text:
        text = _replaced(text, _inline_links(prose(text), is_meant, cut))
    if "]:" in text:
        labels = {
            _folded(match["label"])
            for match in _DEFINITION.finditer(prose(text))
            if is_meant(match["target"])
        }
        if labels:
            text = _replaced(text, _definitions(prose(text), labels))
            text = _replaced(text, _references(prose(text), labels, cut))
    if "<a" in text or "<A" in text:
        text = _replaced(text, _elements(prose(text), is_meant, cut))
    return text


def leads_to(text: str, is_hidden: Callable[[str], bool]) -> bool:
    """Return whether any link in a Markdown text, however written, opens a hidden target."""
    return any(targets_that(is_hidden, text))


def _inline_links(text: str, is_hidden: Callable[[str], bool], cut: _Cut) -> Iterator[_Piece]:
    openings = openings_of(text)
    for match in _INLINE.finditer(text):
        if is_hidden(match["target"]):
            yield from cut(_opening(text, openings.get(match.start(), match.start())), match.span())


def _definitions(text: str, labels: set[str]) -> Iterator[_Piece]:
    for match in _DEFINITION.finditer(text):
        if _folded(match["label"]) in labels:
            yield match.start(), match.end(), ""


def _references(text: str, labels: set[str], cut: _Cut) -> Iterator[_Piece]:
    openings = openings_of(text)
    for match in _REFERENCE.finditer(text):
        start = openings.get(match.start(), match.start())
        label = match["label"] or text[start : match.start()].removeprefix("!").removeprefix("[")
        if _folded(label) in labels:
            yield from cut(_opening(text, start), match.span())


def _opening(text: str, start: int) -> tuple[int, int]:
    """Return the place of the mark that begins a link or an image; empty if there is none."""
    mark = next((mark for mark in ("![", "[") if text.startswith(mark, start)), "")
    return start, start + len(mark)


def _elements(text: str, is_hidden: Callable[[str], bool], cut: _Cut) -> Iterator[_Piece]:
    for match in _ELEMENT.finditer(text):
        if is_hidden(match["target"]):
            end = None if len(match["name"]) > 1 else _END.search(text, match.end())
            yield from cut(match.span(), end.span() if end else (match.end(), match.end()))


def _decoded(target: str) -> str:
    """Return a target as engines and browsers read it."""
    if "&" in target:
        from html import unescape  # noqa: PLC0415 - its table of names takes long to load

        target = unescape(target)
    return _ESCAPED.sub("", target)


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
