"""Extract the prose of a page: its text without front matter and code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from handbook.base.prose import prose
from handbook.base.regex import regex
from handbook.read.pages import Page

_HOLDING = regex(r"[ ]{0,3}(?:[-*+][ \t]|\d+\.[ \t]|:[ \t]|!!!|\?\?\?|===|///|\[\^|<)")
"""The start of a line that can have indented lines below it. Other indented lines are code."""


_TAB = 4
"""The columns of a level of indentation."""


@lru_cache(maxsize=1000)  # Many rules ask for that of the same pages.
def page_prose(page: Page, *, with_comments: bool = False, with_held_code: bool = True) -> str:
    """Return the text of a page, with blanks for its front matter and code.

    Args:
        page: The page.
        with_comments: Whether to keep comments.
        with_held_code: Whether to keep indented code in items and blocks, which could be text.
    """
    front = len(page.front_matter)
    text = re.sub(r"[^\n]", " ", page.text[:front]) + prose(page.text[front:], with_comments=with_comments)
    if "\n    " not in page.text and "\t" not in page.text and not page.text.startswith("    "):
        return text
    lines = _without_code(text.split("\n"), page.text.split("\n"), with_held_code=with_held_code)
    return "\n".join(lines)


def _without_code(lines: Iterable[str], written: Iterable[str], *, with_held_code: bool) -> Iterator[str]:
    """Yield the lines, with blanks for those that are code because of their indentation.

    Args:
        lines: The lines, with blanks for other code, which are no indentation.
        written: The same lines as written.
        with_held_code: Whether to keep indented code in items and blocks.
    """
    held = 0
    in_code = False
    after_blank = True
    for line, whole in zip(lines, written, strict=True):
        if not line.strip():
            after_blank = True
        else:
            start = whole.lstrip(" \t")
            level = len(whole[: len(whole) - len(start)].expandtabs(_TAB)) // _TAB
            in_code = level > held and not (held and with_held_code) and (in_code or after_blank)
            if not in_code and level <= held:
                if _HOLDING.match(line.expandtabs(_TAB)[level * _TAB :]):
                    held = level + 1
                elif after_blank:
                    held = level
            after_blank = False
        yield " " * len(line) if in_code else line
