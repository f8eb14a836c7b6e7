"""Find where the HTML elements of a page end, and which of them have Markdown inside."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handbook.base import markdown_lines as md

_VOID = frozenset({"frame", "hr", "link", "param", "track"})
_WITH_MARKDOWN = frozenset({"article", "aside", "details", "div", "section"})
_ATTRIBUTE = re.compile(r"\bmarkdown\b", re.IGNORECASE)


def end_of_element(lines: Sequence[str], index: int) -> int:
    """Return the index below an element that is HTML only.

    Of an element with Markdown inside, of one without an end and of a closing tag, that is one line.

    Args:
        lines: The lines.
        index: The line of the tag.
    """
    tag = md.tag_at(lines[index])
    if tag is None or tag["end"] or tag["name"].lower() in _VOID or _ATTRIBUTE.search(tag["rest"]):
        return index + 1
    tags = re.compile(rf"<(?P<end>/?){tag['name']}(?=[\s/>])", re.IGNORECASE)
    depth = 0
    for end in range(index, len(lines)):
        depth += sum(-1 if found["end"] else 1 for found in tags.finditer(lines[end]))
        if depth <= 0:
            return end + 1
    return index + 1


def with_attribute(lines: Sequence[str], index: int, end: int) -> str | None:
    """Return the first line of an element with the attribute that Python-Markdown needs.

    Editors show what is below a blank line in an element as Markdown.

    Args:
        lines: The lines.
        index: The line of the opening tag.
        end: The index below the element.

    Returns:
        The line, or `None` for an element without Markdown inside.
    """
    tag = md.tag_at(lines[index])
    if tag is None or tag["name"].lower() not in _WITH_MARKDOWN:
        return None
    inside = range(index + 1, end)
    if any(
        lines[at].strip() and not lines[at].lstrip().startswith("<") and not lines[at - 1] for at in inside
    ):
        return f'{lines[index][: tag.end("name")]} markdown="1"{lines[index][tag.end("name") :]}'
    return None
