"""Search the texts in which terms can be marked, without code, links and quotations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from handbook.base.named_tuples import NamedTuple
from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.span import Span
from handbook.check.texts import may_have
from handbook.read.context import Context
from handbook.read.marked_terms import free_texts, outside_prose
from handbook.read.pages import Page

_NOT_SHOWN = regex(r"^(?!title:|description:).*", re.MULTILINE)


class Found(NamedTuple):
    """A part of a text.

    Attributes:
        text: The part.
        problem: Returns a problem with it: the message and the hint.
    """

    text: str
    problem: Callable[[str, str], Problem]


def find_in_prose(
    context: Context, pattern: re.Pattern[str], *, is_word: bool = False, with_quotations: bool = False
) -> Iterator[Found]:
    """Yield the matches of a pattern.

    Args:
        context: The entries and pages.
        pattern: What to find.
        is_word: Whether a match is one word: a file that doesn't have it as it is needs no closer look.
        with_quotations: Whether text in quotation marks is left out, too.
    """
    files = {each.path for each in context.sources if not is_word or may_have(each, pattern.search)}
    for entry in context.entries:
        for text in free_texts(entry.value, entry.kind.shape) if entry.source.path in files else ():
            for match in pattern.finditer(outside_prose(text.text, with_quotations=with_quotations)):
                before = text.text.count(match[0], 0, match.start())
                problem = partial(entry.problem_in_text, text.pointer, match[0], before=before)
                yield Found(match[0], problem)
    for page in context.pages:
        if not is_word or pattern.search(page.text):
            for match in pattern.finditer(_shown(page, with_quotations=with_quotations)):
                place = partial(_span, page, match)
                yield Found(match[0], partial(Problem, page.shown_path, place))


def _shown(page: Page, *, with_quotations: bool) -> str:
    """Return the text of a page of the same length, with blanks for everything that isn't prose."""
    start = len(page.text) - len(page.body)
    fields = _NOT_SHOWN.sub(lambda line: " " * len(line[0]), page.text[:start])
    return fields + outside_prose(page.body, with_quotations=with_quotations)


def _span(page: Page, found: re.Match[str]) -> Span:
    line = page.text.count("\n", 0, found.start()) + 1
    column = found.start() - page.text.rfind("\n", 0, found.start())
    return Span(line, column, line, column + len(found[0]))
