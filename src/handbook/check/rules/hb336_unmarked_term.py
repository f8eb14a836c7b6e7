"""Content: a term with a word of the company that a text doesn't mark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.base.spelling import TERMS, spell
from handbook.check.rules.examples import TOOL
from handbook.read.context import Context
from handbook.read.marked_terms import free_texts, outside_prose
from handbook.read.pages import Page

_WORDS = "words: {squad: {one: pod, many: pods}}\n"
_NOT_SHOWN = re.compile(r"^(?!title:|description:).*", re.MULTILINE)


@rule(
    "HB336",
    "unmarked-term",
    severity=Severity.WARNING,
    reason=(
        "If you call a squad a pod, readers should never see both words. `words` in `sources/handbook.yaml` "
        "replaces the terms that texts mark, such as `$squad` and `$Squads`. It doesn't change IDs, links, "
        "code, quotations, or anything that isn't marked."
    ),
    bad={
        "sources/handbook.yaml": _WORDS,
        "tools_inventory.yaml": TOOL.replace("every squad", "every «squad»"),
    },
    good={
        "sources/handbook.yaml": _WORDS,
        "tools_inventory.yaml": TOOL.replace("every squad", "every $squad"),
    },
)
def _check(context: Context) -> Iterator[Problem]:
    words = context.settings.words
    # A word without a plural is for a job, such as "chat", or can mean anything else.
    changed = {name: word for name, word in words.items() if word.many and TERMS.get(name) != word}
    if not changed:
        return
    marks = {name.replace("-", " "): f"${name}" for name in spell(changed) if name.islower()}
    terms = re.compile(rf"(?<![\w$\\-])(?:{'|'.join(map(re.escape, marks))})(?![\w-])", re.IGNORECASE)
    for entry in context.entries:
        for text in free_texts(entry.value, entry.kind.shape):
            for found in terms.finditer(outside_prose(text.text, with_quotations=True)):
                before = text.text.count(found[0], 0, found.start())
                yield entry.problem_in_text(text.pointer, found[0], *_message(found[0], marks), before)
    for page in context.pages:
        for found in terms.finditer(_shown(page)):
            yield Problem(page.shown_path, partial(_span, page, found), *_message(found[0], marks))


def _message(found: str, marks: Mapping[str, str]) -> tuple[str, str]:
    mark = marks[found.lower()]
    shown = mark if found[0].islower() else f"${mark[1].upper()}{mark[2:]}"
    return f"`{found}` is not marked as a term", f"Write `{shown}`, or put it in backticks if it is code"


def _shown(page: Page) -> str:
    """Return the text of a page of the same length, with blanks for everything that isn't prose."""
    start = len(page.text) - len(page.body)
    fields = _NOT_SHOWN.sub(lambda line: " " * len(line[0]), page.text[:start])
    return fields + outside_prose(page.body, with_quotations=True)


def _span(page: Page, found: re.Match[str]) -> Span:
    line = page.text.count("\n", 0, found.start()) + 1
    column = found.start() - page.text.rfind("\n", 0, found.start())
    return Span(line, column, line, column + len(found[0]))
