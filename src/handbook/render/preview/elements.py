"""Find where the HTML elements of a page end, and which of them have Markdown inside."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from handbook.base import markdown_lines as md

_VOID = frozenset({"frame", "hr", "link", "param", "track"})
_WITH_MARKDOWN = frozenset({"article", "aside", "details", "div", "section"})
_DEEPEST = 10
"""The most elements with Markdown inside each other, which Python-Markdown reads one call deeper each."""
_ATTRIBUTE = re.compile(r"\bmarkdown\b", re.IGNORECASE)


class Elements:
    """The elements in some lines. Each line is read once for each type of element.

    Args:
        lines: The lines.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._ends: dict[str, dict[int, int]] = {}
        self._given: list[int] = []
        """The ends of the elements around the current line that got the attribute."""

    def end(self, index: int) -> int:
        """Return the index below an element that is HTML only.

        Of an element with Markdown inside, of one without an end and of a closing tag, that is one line.

        Args:
            index: The line of the tag.
        """
        tag = md.tag_at(self._lines[index])
        if tag is None or tag["end"] or tag["name"].lower() in _VOID or _ATTRIBUTE.search(tag["rest"]):
            return index + 1
        name = tag["name"].lower()
        if name not in self._ends:
            self._ends[name] = self._ends_of(name)
        return self._ends[name].get(index, index) + 1

    def with_attribute(self, index: int) -> str | None:
        """Return the first line of an element with the attribute that Python-Markdown needs.

        Editors show what is below a blank line in an element as Markdown.

        Args:
            index: The line of the opening tag.

        Returns:
            The line, or `None` for an element without Markdown inside.
        """
        line, end = self._lines[index], self.end(index)
        tag = md.tag_at(line)
        if tag is None or tag["name"].lower() not in _WITH_MARKDOWN:
            return None
        first = bisect_left(self._below_blank, index + 1)
        if first == len(self._below_blank) or self._below_blank[first] >= end:
            return None
        self._given = [other for other in self._given if other > index]
        if len(self._given) == _DEEPEST:
            return None
        self._given.append(end)
        return f'{line[: tag.end("name")]} markdown="1"{line[tag.end("name") :]}'

    def _ends_of(self, name: str) -> dict[int, int]:
        """Return the last line of each element of a type by its first line; the outermost of a line."""
        tags = re.compile(rf"<(?P<end>/?){name}(?=[\s/>])", re.IGNORECASE)
        ends: dict[int, int] = {}
        open_at: list[int] = []
        for number, line in enumerate(self._lines):
            for tag in tags.finditer(line):
                if not tag["end"]:
                    open_at.append(number)
                elif open_at:
                    ends[open_at.pop()] = number
        return ends

    @cached_property
    def _below_blank(self) -> Sequence[int]:
        """The lines with text below a blank line."""
        return [
            number
            for number, line in enumerate(self._lines)
            if number and not self._lines[number - 1] and line.strip() and not line.lstrip().startswith("<")
        ]
