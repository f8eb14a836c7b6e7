"""Trust: a page that Markdown can't render in reasonable time."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.markdown_limits import find_excess
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.read.context import Context

_LEVELS = "".join("    " * level + "- a\n" for level in range(20))


@rule(
    "HB609",
    "page-too-much",
    reason=(
        "Markdown goes one call deeper for every level of nesting, and looks for the end of every open "
        "bracket up to the end of its paragraph. A short text with thousands of brackets or hundreds of "
        "levels would fail the build for everyone. The limits are far above what people write."
    ),
    bad={"docs/index.md": f"# A\n\n{_LEVELS}« »" + " " * 79 + "- a\n"},
    good={"docs/index.md": f"# A\n\n{_LEVELS}"},
    is_local=True,
)
def _check(context: Context) -> Iterator[Problem]:
    for page in context.pages:
        for line, message, hint in find_excess(page.body, page.first_body_line):
            yield Problem(page.shown_path, Span(line, 1, line, 2), message, hint)
