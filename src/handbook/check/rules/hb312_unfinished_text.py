"""Content: unfinished text."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import shown
from handbook.check.rules.examples import TOOL, with_tool
from handbook.check.texts import UNFINISHED, lowered, texts
from handbook.read.context import Context

_CAPITALS = ("TODO", "FIXME")
_SMALL = ("lorem", "xxx")
"""Every match of the pattern contains one of them. Searching for them is much faster."""


def _may_be_unfinished(text: str) -> bool:
    return _has_piece(text) and UNFINISHED.search(text) is not None


def _has_piece(text: str) -> bool:
    return any(piece in text for piece in _CAPITALS) or any(
        piece in part for part in lowered(text) for piece in _SMALL
    )


@rule(
    "HB312",
    "unfinished-text",
    reason="Readers who find a note to the author in the text trust the rest of the page less.",
    bad={"tools_inventory.yaml": TOOL.replace("Plans and tracks", "«TODO» plans and tracks")},
    good=with_tool(),
    is_local=True,
)
def _check(context: Context) -> Iterator[Problem]:
    for text in texts(context, _may_be_unfinished, _has_piece):
        found = UNFINISHED.search(text.text)
        if found:
            remove = ", remove the line" if text.is_optional else ""
            yield text.problem(
                *found.span(),
                f"{shown(found[0])} is a placeholder",
                f"Replace it with the text{remove}, or put it in backticks if it is code",
            )
