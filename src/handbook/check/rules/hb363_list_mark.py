"""Content: an item of a list that does not start with a mark of Markdown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.rule import rule
from handbook.base.words import shown
from handbook.check.page_prose import page_prose
from handbook.check.rules.examples import with_tool
from handbook.check.texts import Text, markdown_texts
from handbook.read.context import Context
from handbook.read.pages import Page

ODD = regex(
    r"^(?P<indent>[ \t]*)(?P<mark>(?P<bullet>[•◦●▪‣∙·■□➢])[ \t\xa0]*|[–—‐‑−][ \t\xa0]+|-(?=[^\W\d_]))(?=\S)",  # noqa: RUF001 - that they look like a hyphen is the point
    re.MULTILINE,
)
"""The start of a line that looks like an item: a bullet for sure, a dash or a hyphen only next to another."""
ITEM = regex(r"^(?P<indent>[ \t]*)(?:[-*+•]|\d{1,9}[.)])[ \t\xa0]", re.MULTILINE)

_BLANK = regex(r"((?:\n[ \t]*){2,})")
_HYPHEN = regex(r"-(?<!\S-)[^\W\d_]")
"""All that can be odd in a text of ASCII. It begins with the character to find, which is fast."""


def _may_have_odd_item(text: str) -> bool:
    return (not text.isascii() or _HYPHEN.search(text) is not None) and ODD.search(text) is not None


@rule(
    "HB363",
    "list-mark",
    Severity.WARNING,
    reason=(
        "Markdown knows an item of a list by a hyphen and a space. With another bullet, a dash, "
        "or a hyphen alone, readers see it as a part of the text above it."
    ),
    bad=with_tool("    notes: |\n      - Plan it.\n      «• »Launch it.\n"),
    good=with_tool("    notes: |\n      - Plan it.\n      - Launch it.\n"),
    is_local=True,
)
def _check(context: Context) -> Iterator[Problem]:
    for text in markdown_texts(context, _may_have_odd_item):
        found = list(_odd_items(text))
        if found:
            start, end = found[0]
            message = f"{shown(text.written[start:end].strip())} does not start an item of a list"
            changes = [(*each, "- ") for each in found]
            yield text.problem(start, end, message, "Start it with a hyphen and a space", *changes)


def _odd_items(text: Text) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of each mark."""
    where = text.where
    # Indented code on a page can start with anything.
    prose = page_prose(where) if isinstance(where, Page) else text.text
    at = 0
    for part in _BLANK.split(prose):
        start = at
        at += len(part)
        odd = list(ODD.finditer(part))
        # Text that wraps before a dash is rarely next to an item with the same indent, or to another dash.
        indents = {item["indent"] for item in ITEM.finditer(part)} if odd else set()
        number = Counter(each[0].rstrip() for each in odd)
        for each in odd:
            if each["bullet"] or each["indent"] in indents or number[each[0].rstrip()] > 1:
                yield start + each.start("mark"), start + each.end("mark")
