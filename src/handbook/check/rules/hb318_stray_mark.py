"""Content: a line that ends with the mark of a block text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.rule import rule
from handbook.base.words import shown
from handbook.check.rules.examples import TOOL, with_tool
from handbook.check.texts import texts
from handbook.read.context import Context
from handbook.read.raw import RawEntry

MARK = regex(r"(?<=\S)[ \t]+(?P<mark>[|>][+-]?)\Z")
_IN_FILE = regex(r"[|>][+-]?[ \t\r\"',\]}]*(?:#.*)?$", re.MULTILINE)


def _ends_in_mark(text: str) -> bool:
    return text.endswith(("|", ">", "+", "-")) and MARK.search(text) is not None


def _some_line_ends_in_mark(file: str) -> bool:
    """Return whether a line of a file ends with a mark that doesn't start a text of several lines."""
    for found in _IN_FILE.finditer(file):
        before = file[file.rfind("\n", 0, found.start()) + 1 : found.start()].rstrip()
        is_quoted = '"' in found[0] or "'" in found[0]
        if is_quoted or not (before.endswith(":") or not before.strip(" \t-")):
            return True
    return False


@rule(
    "HB318",
    "stray-mark",
    reason=(
        "A pipe after a field's name starts a text of several lines. After other text, readers see the pipe."
    ),
    bad={"tools_inventory.yaml": TOOL.replace("every squad.", "every squad. «|»")},
    good=with_tool(),
    is_local=True,
)
def _check(context: Context) -> Iterator[Problem]:
    for text in texts(context, _ends_in_mark, _some_line_ends_in_mark):
        found = MARK.search(text.text)
        if found and isinstance(text.where, RawEntry) and "\n" not in text.text:
            yield text.problem(
                *found.span("mark"),
                f"Invalid {shown(found['mark'])} at the end of the text",
                "Remove it, or put it directly after the field's name to start a text of several lines",
            )
