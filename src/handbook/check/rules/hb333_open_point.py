"""Content: a decision that is still pending."""

from __future__ import annotations

from collections.abc import Container, Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.rule import rule
from handbook.base.words import shown
from handbook.check.rules.examples import with_tool
from handbook.check.texts import OPEN_POINT, lowered, texts
from handbook.read.context import Context
from handbook.read.raw import RawEntry
from handbook.read.schemas.places import shape_at
from handbook.read.yaml.document import Pointer

_MARK_FIRST = regex(r"""\?(?<![^\s"'\[{,:-]\?)""")
"""A question mark where a text in YAML can start. Most others end a question."""


def _in_file(text: str) -> bool:
    return _may_pend(text) or _MARK_FIRST.search(text) is not None


def _may_be_open(text: str) -> bool:
    return ("?" in text or _may_pend(text)) and OPEN_POINT.search(text) is not None


def _may_pend(text: str) -> bool:
    return any("tb" in part and any(sign in part for sign in ("tba", "tbc", "tbd")) for part in lowered(text))


@rule(
    "HB333",
    "open-point",
    Severity.WARNING,
    reason=(
        "TBC, TBD or a question mark as the whole text says honestly that a decision is pending. It is "
        "listed with its owner among the items that need attention until someone decides it."
    ),
    bad=with_tool("    vendor: «TBC»\n"),
    good=with_tool("    vendor: Linear Orbit\n"),
    is_local=True,
)
def _check(context: Context) -> Iterator[Problem]:
    sound = {id(entry) for entry in context.sound_entries}
    for text in texts(context, _may_be_open, _in_file):
        found = OPEN_POINT.search(text.text)
        if found and (not isinstance(text.where, RawEntry) or _is_text(text.where, text.pointer, sound)):
            yield text.problem(
                *found.span(),
                f"Open point: {shown(found[0])}",
                "Decide it with the owner and write what was decided, or put it in backticks if it is code",
            )


def _is_text(entry: RawEntry, pointer: Pointer, sound: Container[int]) -> bool:
    """Return whether a value is a text. Other rules report a date, a number or a reference that is open."""
    shape = shape_at(entry.kind.shape, pointer)
    return id(entry) in sound and not (shape and shape.refs)
