"""Document: a placeholder that was not replaced."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.prose import prose
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.base.words import shown
from handbook.check.texts import OPEN_POINT, UNFINISHED
from handbook.lint.draft import Draft
from handbook.lint.manuscript import LINE_END, Heading, words
from handbook.lint.rules.examples import DOCUMENT, GOOD, bad
from handbook.read.yaml.document import json_pointer

_PLACEHOLDER = re.compile(
    rf"{UNFINISHED.pattern}|{OPEN_POINT.pattern}|"
    r"[\[<{](?:insert|fill in)\b[^\]>}\n]{0,200}[\]>}](?![(\[])"
)


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
    for number, line in enumerate(LINE_END.split(prose(draft.manuscript.body)), start=1):
        found = _PLACEHOLDER.search(line)
        if found and number not in left:
            span = Span(number, found.start() + 1, number, found.end() + 1)
            yield draft.problem(span, f"Leftover placeholder {shown(found[0])}", hint)


def _in_title(draft: Draft) -> Iterator[Problem]:
    """Report the unchanged title of the download."""
    template = draft.template
    for part in draft.manuscript.parts:
        if isinstance(part, Heading) and template and words(part.name) == words(f"{template.name}: title"):
            message = "Missing document title"
            yield draft.problem(part.span, message, "Replace `title` with the subject of the document")


def _in_fields(draft: Draft, hint: str) -> Iterator[Problem]:
    front_matter = draft.manuscript.front_matter
    wrong = {found.pointer[0] for found in draft.field_problems if found.pointer}
    for name, value in (front_matter.fields or {}).items():
        found = _PLACEHOLDER.search(value) if isinstance(value, str) and name not in wrong else None
        if found:
            span = front_matter.document.text_span((name,), found[0])
            yield draft.problem(span, f"Leftover placeholder {shown(found[0])}", hint, json_pointer((name,)))
