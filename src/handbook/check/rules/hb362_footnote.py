"""Content: a footnote where there are none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.rule import rule
from handbook.base.words import shown
from handbook.check.engine_settings import engine_settings, extension_names
from handbook.check.rules.examples import with_tool
from handbook.check.texts import markdown_texts
from handbook.read.context import Context
from handbook.read.files import CONFIG
from handbook.read.raw import RawEntry

NOTE = regex(r"^[ ]{0,3}(?P<mark>\[\^[^\[\]\n]{1,100}\]):", re.MULTILINE)
_EXTENSION = "footnotes"


def _may_have_note(text: str) -> bool:
    return "[^" in text and NOTE.search(text) is not None


@rule(
    "HB362",
    "footnote",
    Severity.WARNING,
    reason=(
        "Texts of entries have no footnotes, and pages only with an extension. Without it, readers see the "
        "marks as they are written, or links that lead nowhere."
    ),
    bad=with_tool("    notes: |\n      It plans[^1].\n\n      «[^1]»: Since 2024.\n"),
    good=with_tool("    notes: It plans (since 2024).\n"),
)
def _check(context: Context) -> Iterator[Problem]:
    found = engine_settings(context.site, _EXTENSION)
    on_pages = found is not None and any(
        name.rpartition(".")[2] == _EXTENSION for name in extension_names(found[1])
    )
    for text in markdown_texts(context, _may_have_note):
        is_entry = isinstance(text.where, RawEntry)
        note = None if on_pages and not is_entry else NOTE.search(text.text)
        if note:
            where = "Texts of entries have" if is_entry else "This site has"
            message = f"{where} no footnotes, so readers see {shown(note['mark'])} as it is written"
            hint = "Put the note in parentheses where its mark is"
            if not is_entry:
                hint = f"{hint}, or add `{_EXTENSION}` to `markdown_extensions` in {CONFIG}"
            yield text.problem(*note.span("mark"), message, hint)
