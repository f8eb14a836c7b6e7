"""Content: words that YAML reads as a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.rule import rule
from handbook.base.words import shown
from handbook.check.rules.examples import TOOL
from handbook.read.context import Context
from handbook.read.yaml.document import Document

_HASH = regex(r" (?P<lost>#(?<=[^\s:,\[{|>-] #)(?!handbook:)[\w-][^\r\n]*)")
"""A word after a hash, one space after a text. Real comments have more space before or after the hash."""


@rule(
    "HB320",
    "lost-behind-hash",
    reason=(
        "The name of a channel such as #product-ops cuts off unquoted text. YAML reads the rest of the line "
        "as a comment, without a warning."
    ),
    bad={"tools_inventory.yaml": TOOL.replace("of every squad.", "of all squads. «#planning tells more.»")},
    good={"tools_inventory.yaml": TOOL.replace("of every squad.", "of all squads.")},
    is_local=True,
)
def _check(context: Context) -> Iterator[Problem]:
    for source in context.sources:
        document = source.document
        for found in _HASH.finditer(document.text) if not document.faults else ():
            start = found.start("lost")
            if not _is_in_comment(document, start) and not document.is_text(start):
                yield Problem(
                    source.path,
                    document.span(start, found.end("lost")),
                    f"{shown(found['lost'])} is lost, because `#` after a space starts a comment",
                    "Add quotes around the whole text, or add a space after the `#` if it is a comment",
                )


def _is_in_comment(document: Document, offset: int) -> bool:
    """Return whether an earlier hash on the line has started a comment."""
    line = document.text[document.text.rfind("\n", 0, offset) + 1 : offset]
    start = offset - len(line)
    return any(not document.is_text(start + found.start(1)) for found in re.finditer(r"(?:^|[ \t])(#)", line))
