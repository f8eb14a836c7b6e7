"""Take a Markdown text apart into lines to translate, and put it together again.

A line is a heading, a row of a table, an item or a paragraph without its line breaks. What is around its
words, such as the mark of an item, stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import wrap

from handbook.base.named_tuples import NamedTuple

_FENCE = re.compile(r"[ ]*(`{3,}|~{3,})")
_MARK = re.compile(r"[ ]*(?:(?:[-*+]|\d+[.)]|:(?=[ ]{3}))[ ]+|>[ ]?)*(?:\[[ xX]\][ ]+)?")
_HEADING = re.compile(r"(?P<head>[ ]*#{1,6}[ ]+)(?P<text>.*?)(?P<tail>[ ]*(?:\{[^{}%]*\})?[ ]*)")
_TITLED = re.compile(r"(?P<head>[ ]*(?:!!!|\?\?\?\+?|===)[^\"]*\")(?P<text>[^\"]*)(?P<tail>\"[ ]*)")
_ALONE = re.compile(r"[ ]*(?:\||<[^>]*>[ ]*$|<!--|\{:|-{3,}[ ]*$|!!!|\?\?\?|===)")
_QUOTED = re.compile(r"[ ]*>[ ]?")
_HARD_BREAK = re.compile(r"(?:[ ]{2,}|\\)$")
_NO_WORDS = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{[:#][^{}]*\}|\{ #[^{}]*\}|`[^`]*`|<[^<>]*>|\]\([^()]*\)|\bhttps?://\S+|\$[A-Za-z]+"
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_TOGETHER = re.compile(r"\{\{.*?\}\}|`[^`]*`|\]\([^()]*\)|[ ](?:[-*+#:>|]|\d+[.)]|!!!|===)[ ]")
"""What no line break may separate, and what would have another meaning at the start of a line."""


class Line(NamedTuple):
    """A line of a text.

    Attributes:
        raw: It as it is in the text, with line breaks.
        head: What is before its words.
        text: Its words; empty if it has none.
        tail: What is behind them.
        is_filled: Whether it can be broken anywhere between two words.
    """

    raw: str
    head: str = ""
    text: str = ""
    tail: str = ""
    is_filled: bool = False

    @property
    def is_heading(self) -> bool:
        """Return whether it is a heading."""
        return self.head.lstrip(" ").startswith("#")

    def reworded(self, text: str, width: int) -> str:
        """Return the line with other words.

        Args:
            text: The words.
            width: The length of the lines, if it can be broken.
        """
        if not self.is_filled:
            return f"{self.head}{text}{self.tail}"
        whole = _TOGETHER.sub(lambda found: found[0].replace(" ", "\0"), text)
        further = self.head if self.head.rstrip(" ").endswith(">") else " " * len(self.head)
        lines = wrap(
            whole,
            width,
            initial_indent=self.head,
            subsequent_indent=further,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return "\n".join(lines).replace("\0", " ") + self.tail


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines of a Markdown text."""
    fence = ""
    last: Line | None = None
    for raw in text.split("\n"):
        found = _FENCE.match(raw)
        is_code = bool(fence or found)
        quoted = _QUOTED.match(raw) if last and ">" in last.head else None
        more = raw[quoted.end() :] if quoted else raw
        if last and not is_code and last.is_filled and not last.tail and _continues(more, last):
            last = _paragraph(f"{last.raw}\n{raw}", last.head, f"{last.text} {more.strip(' ')}")
            continue
        if last:
            yield _with_words(last)
        last = Line(raw) if is_code else _begun(raw)
        if found and not fence:
            fence = found[1]
        elif fence and raw.strip(" ").startswith(fence):
            fence = ""
    if last:
        yield _with_words(last)


def _continues(raw: str, last: Line) -> bool:
    """Return whether a line goes on with the paragraph or the item above it."""
    mark = _MARK.match(raw)[0].strip(" ")  # type: ignore[index]  # it matches any text
    # In a paragraph, "9. May" is no item: a list begins with 1.
    is_number = mark[:-1].isdigit() and mark[:-1] != "1" and not last.head.strip(" >")
    is_marked = bool(mark) and not is_number
    return bool(raw.strip(" ")) and not is_marked and not _ALONE.match(raw) and not _HEADING.fullmatch(raw)


def _begun(raw: str) -> Line:
    """Return a line, or the first line of a paragraph or an item."""
    parts = _HEADING.fullmatch(raw) or _TITLED.fullmatch(raw)
    if parts:
        return Line(raw, parts["head"], parts["text"], parts["tail"])
    if _ALONE.match(raw) or not raw.strip(" "):
        return Line(raw, "", raw)
    head = _MARK.match(raw)[0]  # type: ignore[index]  # as above
    return _paragraph(raw, head, raw[len(head) :])


def _paragraph(raw: str, head: str, text: str) -> Line:
    hard_break = _HARD_BREAK.search(text)
    end = hard_break.start() if hard_break else len(text)
    return Line(raw, head, text[:end], text[end:], is_filled=True)


def _with_words(line: Line) -> Line:
    """Return a line, without a text if there is nothing to translate in it."""
    return line if _WORD.search(_NO_WORDS.sub(" ", line.text)) else Line(line.raw)
