"""Extract the prose of a page: its text without front matter and code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from handbook.base.prose import prose
from handbook.read.pages import Page

_HOLDING = re.compile(r"[ ]{0,3}(?:[-*+][ \t]|\d+\.[ \t]|:[ \t]|!!!|\?\?\?|===|///|\[\^|<)")
"""The start of a line that can have indented lines below it. Other indented lines are code."""


@lru_cache(maxsize=1000)  # Many rules ask for that of the same pages.
def page_prose(page: Page, *, with_comments: bool = False) -> str:
    """Return the text of a page, with blanks for its front matter and code."""
    front = len(page.front_matter)
    text = re.sub(r"[^\n]", " ", page.text[:front]) + prose(page.text[front:], with_comments=with_comments)
    return "\n".join(_without_code(text.split("\n"), page.text.split("\n")))


def _without_code(lines: Iterable[str], written: Iterable[str]) -> Iterator[str]:
    """Yield the lines, with blanks for those that are code because of their indentation.

    Args:
        lines: The lines, with blanks for other code, which are no indentation.
        written: The same lines as written.
    """
    is_held = in_code = False
    after_blank = True
    for line, whole in zip(lines, written, strict=True):
        if not line.strip():
            after_blank = True
        else:
            is_indented = whole.startswith(("    ", "\t"))
            in_code = is_indented and not is_held and (in_code or after_blank)
            if not is_indented:
                is_held = bool(_HOLDING.match(line)) or (is_held and not after_blank)
            after_blank = False
        yield " " * len(line) if in_code else line
