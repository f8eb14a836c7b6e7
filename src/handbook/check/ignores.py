"""Find the comments that suppress a rule on a line.

In a source `# handbook: ignore HB305`, on a page `<!-- handbook: ignore HB312 -->`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.base.named_tuples import NamedTuple
from handbook.base.regex import regex
from handbook.base.span import Span
from handbook.read.context import Context

_COMMENT = regex(r"(?:^|(?<=[ \t]))(?:#|<!--)[ \t]*handbook:[ \t]*ignore\b(?P<codes>[^\n\r>]*)", re.MULTILINE)
_CODE = regex(r"\bHB\w*", re.IGNORECASE)


class Ignore(NamedTuple):
    """One code in such a comment.

    Attributes:
        path: The file.
        code: The code of the rule, in capitals; empty if the comment has none.
        span: The place of the code.
        last_line: The last line it applies to; after the `|` of a block text, the last line of that text.
    """

    path: str
    code: str
    span: Span
    last_line: int


def ignores(context: Context) -> Iterator[Ignore]:
    """Yield every rule code in the comments of sources and pages."""
    for source in context.documents:
        document = source.document
        for match in _comments(document.text):
            if match[0].startswith("#") and not document.is_text(match.start()):
                last_line = document.last_line_of_comment(match.start())
                for code, start, end in _codes(match):
                    yield Ignore(source.path, code, document.span(start, end), last_line)
    for page in context.pages:
        line, counted = 1, 0
        for match in _comments(page.text):
            if match[0].startswith("<!--"):
                line += page.text.count("\n", counted, match.start())
                counted = match.start()
                line_start = page.text.rfind("\n", 0, match.start()) + 1
                for code, start, end in _codes(match):
                    span = Span(line, start - line_start + 1, line, end - line_start + 1)
                    yield Ignore(page.shown_path, code, span, line)


def _comments(text: str) -> Iterator[re.Match[str]]:
    # Most texts have none, and searching for the word is faster than searching for the whole comment.
    return _COMMENT.finditer(text) if "handbook:" in text else iter(())


def _codes(comment: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    """Yield the codes of a comment, each with its span; without a code, the comment itself."""
    start = comment.start("codes")
    found = [
        (code[0].upper(), start + code.start(), start + code.end())
        for code in _CODE.finditer(comment["codes"])
    ]
    yield from found or [("", comment.start(), start)]
