"""Content: typographic quotes around a whole text."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.rule import rule
from handbook.base.words import shown
from handbook.check.rules.examples import TOOL, with_tool
from handbook.check.texts import free_entry_texts
from handbook.read.context import Context
from handbook.read.raw import RawEntry

_DOUBLE, _SINGLE = "\u201c\u201d\u201e\xab", "\u2018\u201a"
_IN_FILE = regex(rf"[:,\[-][ \t]*[{_DOUBLE}{_SINGLE}]")
_QUOTED = regex(
    rf"[{_DOUBLE}](?P<double>[^{_DOUBLE}\xbb]+)[\u201c\u201d\xbb]"
    rf"|[{_SINGLE}](?P<single>[^{_SINGLE}]+)[\u2018\u2019]"
)

_PLANS = "Plans and tracks the work of every squad."


@rule(
    "HB343",
    "quoted-text",
    Severity.WARNING,
    reason=(
        "YAML knows only straight quotes. Word processors and some keyboards write others, which become a "
        "part of the text."
    ),
    bad={"tools_inventory.yaml": TOOL.replace(_PLANS, f"«“{_PLANS}”»")},
    good=with_tool(),
    is_local=True,
)
def _check(context: Context) -> Iterator[Problem]:
    for text, _ in free_entry_texts(context, _may_be_quoted):
        quoted = _QUOTED.fullmatch(text.written)
        entry = text.where
        if quoted is None or not isinstance(entry, RawEntry):
            continue
        # In straight quotes, the others are meant.
        if entry.source.document.written((*entry.at, *text.pointer))[1][:1] != text.written[0]:
            continue
        problem = entry.problem(
            text.pointer,
            f"The quotes {shown(text.written[0] + text.written[-1])} around this text are shown to readers",
            'Remove them, or put them in straight quotes (`"`) if it is a quotation',
        )
        inside = quoted["double"] or quoted["single"]
        yield problem._replace(correction=entry.respelling(text.pointer, inside, is_safe=False))


def _may_be_quoted(text: str) -> bool:
    return any(quote in text for quote in _DOUBLE + _SINGLE) and _IN_FILE.search(text) is not None
