"""Where the links of a Markdown text lead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_LINK = re.compile(r"\](?:\(|:)\s*<?([^\s)>]*)")
"""What may be a link in Markdown: every link matches, with at least the beginning of its target."""
_WRITTEN_OTHERWISE = re.compile(r"[\\&%]")
"""What makes a target mean something else than it says."""
_HOPELESS = re.compile(r"\]\((?=(?:[^\s()\\]*+(?:\([^\s()\\]*+\)[^\s()\\]*+)*+\(){33})")
"""A link whose target opens more parentheses than the parser follows. It is none, and there may be many."""


def targets_that(are_meant: Callable[[str], bool], text: str) -> Iterator[str]:
    """The targets of links in a Markdown text that a function says yes to."""
    # Parsing takes a library that is slow to start; most texts have only links that are right at first sight.
    if "]" in text:
        seen = _LINK.findall(text)
        if any(are_meant(target) or _WRITTEN_OTHERWISE.search(target) for target in seen):
            yield from filter(are_meant, _targets(text))


def _targets(text: str) -> Iterator[str]:
    """The targets of all links in a Markdown text."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - as above

    for block in MarkdownIt("commonmark").enable("table").parse(_HOPELESS.sub("] (", text)):
        for token in block.children or ():
            target = token.attrGet("href") or token.attrGet("src")
            if isinstance(target, str):
                yield target
