"""Document: a placeholder that was not replaced."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.prose import prose
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.base.words import says_unknown, shown
from handbook.check.texts import OPEN_POINT, UNFINISHED
from handbook.lint.draft import Draft
from handbook.lint.fields import declared
from handbook.lint.manuscript import LINE_END, Heading, words
from handbook.lint.rules.examples import DOCUMENT, GOOD, bad
from handbook.read.yaml.document import json_pointer

_INSIDE = r"[^\[\]<>{}\n]"
_NOTE = (
    r"(?:insert|fill in)\b" + _INSIDE + r"{0,200}"
    r"|(?:add|describe|enter|link to|needs?|replace|to be|your)\s" + _INSIDE + r"{1,200}"
    r"|" + _INSIDE + r"{0,60}\b(?:goes here|here|missing|needed|pending)"
    r"|\?+"
)
_ALONE = r"(?:^|(?<=\|))\s*(?:(?:[-*+]|\d+[.)])\s+)?\?+\s*(?=\||$)"
"""A question mark as a paragraph, an item or a cell."""

_PLACEHOLDER = re.compile(
    rf"{UNFINISHED.pattern}|{OPEN_POINT.pattern}|{_ALONE}|\\?[\[<{{](?i:{_NOTE})\\?[\]>}}](?![(\[:])"
    r"|\bX{2,4}\s?%|[$€£]\s?X{2,4}\b"
)
_UNKNOWN = frozenset({"open", "pending"})
"""Words that say that a value is unknown, or are one."""


@rule(
    "HB518",
    "placeholder-left",
    reason="A leftover placeholder tells readers that a document is not finished.",
    bad=bad(DOCUMENT.replace("Six questions", "«TBD» questions")),
    good=GOOD,
)
def _check(draft: Draft) -> Iterator[Problem]:
    if draft.template is None:
        return
    hint = "Replace or remove it, or put it in backticks if it is code"
    yield from _in_title(draft)
    yield from _in_fields(draft, hint)
    left = {found.block.span.line for found in (*draft.guidance_left, *draft.examples_left)}
    left |= draft.property_lines
    for number, line in enumerate(LINE_END.split(prose(draft.manuscript.body)), start=1):
        found = _PLACEHOLDER.search(line)
        if found and number not in left and not draft.is_in_empty_section(number):
            text = found[0].strip()
            start = found.start() + found[0].index(text) + 1
            span = Span(number, start, number, start + len(text))
            yield draft.problem(span, f"Leftover placeholder {shown(text)}", hint)


def _in_title(draft: Draft) -> Iterator[Problem]:
    """Report the unchanged title of the download."""
    template = draft.template
    for part in draft.manuscript.parts:
        if isinstance(part, Heading) and template and words(part.name) == words(f"{template.name}: title"):
            message = "Missing document title"
            yield draft.problem(part.span, message, "Replace `title` with the subject of the document")


def _in_fields(draft: Draft, hint: str) -> Iterator[Problem]:
    front_matter = draft.front_matter
    wrong = {found.pointer[0] for found in draft.field_problems if found.pointer}
    fields = declared(draft.template.data) if draft.template else {}
    for name, value in (front_matter.fields or {}).items():
        if isinstance(value, str) and name not in wrong:
            found = _PLACEHOLDER.search(value)
            left = found[0] if found else value
            is_required = fields.get(name, {}).get("required") and "choices" not in fields[name]
            if found or (is_required and says_unknown(value) and value.casefold() not in _UNKNOWN):
                span = front_matter.document.text_span((name,), left)
                yield draft.problem(span, f"Leftover placeholder {shown(left)}", hint, json_pointer((name,)))
