"""Find the targets of the links in a Markdown text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_LINK = re.compile(r"\](?:\(|:)\s*<?([^\s)>]*)")
"""A possible Markdown link. Every link matches, with at least the start of its target."""
_WRITTEN_OTHERWISE = re.compile(r"[\\&%]")
"""Characters that are decoded in a target."""
_HOPELESS = re.compile(r"\]\((?=(?:[^\s()\\]*+(?:\([^\s()\\]*+\)[^\s()\\]*+)*+\(){33})")
"""Text with more parentheses than the parser allows in a link target. There can be many of them."""


def targets_that(are_meant: Callable[[str], bool], text: str) -> Iterator[str]:
    """Yield the link targets in a Markdown text for which a function returns true."""
    # The parser is slow to import, and most texts have only links that are obviously correct.
    if "]" in text:
        seen = _LINK.findall(text)
        if any(are_meant(target) or _WRITTEN_OTHERWISE.search(target) for target in seen):
            yield from filter(are_meant, _targets(text))


def _targets(text: str) -> Iterator[str]:
    """Yield the targets of all links in a Markdown text."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - as above

    for block in MarkdownIt("commonmark").enable("table").parse(_HOPELESS.sub("] (", text)):
        for token in block.children or ():
            target = token.attrGet("href") or token.attrGet("src")
            if isinstance(target, str):
                yield target
