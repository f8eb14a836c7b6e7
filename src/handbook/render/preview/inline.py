r"""Write the text inside the blocks of a page so that Python-Markdown reads it as CommonMark does.

Python-Markdown knows fewer characters that a backslash escapes, no backslash at the end of a line and no
deleted text, and shows the backslash of `\|` in code.
"""

from __future__ import annotations

import re

_PARTS = re.compile(
    r"(?P<code>(?P<ticks>`+)(?!`)(?:.*?[^`])(?P=ticks)(?!`))"
    r"|(?<!~)~~(?P<deleted>[^\s~](?:[^~\n]*[^\s~])?)~~(?!~)"
    r"|(?P<break>\\\n)"
    r"|\\(?P<character>[\"$%&',/:;<=?@^|~])"
    r"|\\.|(?P<end>\\\Z)",
    re.DOTALL,
)


_FORMULA = re.compile(r"\$\$|\\[A-Za-z]{2,}")
"""Signs of formulas, in which backslashes have other meanings."""


def with_inline(text: str, *, in_table: bool = False) -> str:
    """Return a text for Python-Markdown.

    Args:
        text: A paragraph, or a row of a table.
        in_table: Whether it is a row of a table.
    """
    if ("\\" not in text and "~~" not in text) or (not in_table and _FORMULA.search(text)):
        return text

    def written(match: re.Match[str]) -> str:
        if match["code"]:
            return match[0].replace("\\|", "|") if in_table else match[0]
        if match["deleted"]:
            return f"<del>{with_inline(match['deleted'])}</del>"
        if match["break"]:
            return "  \n"
        if match["end"]:
            return "&#92;"
        return f"&#{ord(match['character'])};" if match["character"] else match[0]

    return _PARTS.sub(written, text)
