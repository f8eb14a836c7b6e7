"""Write HTML as Markdown: headings, paragraphs, lists, tables and links.

Only the structure matters: the result is read by the checks of a document, or by a program that reads pages.
So the markup of a text is not escaped, except where it would start or hide a block. The work grows with the
length of the HTML only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from handbook.base.html_tables import TableText

_SKIPPED = frozenset(
    {"button", "head", "noscript", "script", "select", "style", "svg", "template", "textarea", "title"}
)
_BOLD = frozenset({"b", "strong"})
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "details", "div", "dl"}
    | {"fieldset", "figcaption", "figure", "footer", "form", "header", "html", "li", "main", "nav"}
    | {"ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CELLS = frozenset({"td", "th"})
_WITHOUT_END = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "wbr"})

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_STARTS_A_BLOCK = re.compile(r"^(?=```|~~~|<|\[[^\]\n]*\]:)")
_TICKS = re.compile("`+")
_ESCAPE = r"\\"
_DEEPEST_LIST = 4


class _Writer(HTMLParser):
    """Collects the blocks of a document."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self._text: list[str] = []
        self._lists: list[list[int]] = []  # the next number of each open list, 0 for one without numbers
        self._mark = ""  # the mark of an item that has no text yet
        self._quotes = 0
        self._heading = ""
        self._tables: list[TableText] = []
        self._links: list[str] = []
        self._is_code = False
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Open an element."""
        if self._hides(tag, attrs):
            return
        if tag in _BLOCKS or tag in _HEADINGS:
            self._end_block()
            self._open(tag)
        elif tag in _CELLS and self._tables:
            self._end_block()
            if len(self._tables) == 1:
                self._tables[0].start_cell(is_title=tag == "th")
        else:
            self._open_inline(tag, attrs)

    def _hides(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> bool:
        """Return whether an element and all in it is left out: scripts, controls and decoration."""
        is_decoration = ("aria-hidden", "true") in attrs and tag not in _WITHOUT_END
        if not self._hidden and (tag in _SKIPPED or is_decoration):
            self._hidden = [tag]
        elif self._hidden[:1] == [tag]:
            self._hidden.append(tag)
        return bool(self._hidden)

    def _open_inline(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag in _BOLD:
            self._text.append("**")
        elif tag == "code" and not self._is_code:
            self._text.append("`")
        elif tag in {"br", "hr"}:
            self._text.append("\n")
        elif tag == "dt":
            self._end_block()
            self._mark = "- "
            self._text.append("**")
        elif tag == "input" and dict(attrs).get("type") == "checkbox":
            self._text.append("[ ] ")
        elif tag == "a":
            self._links.append(_address(attrs, "href"))
            self._text.append("[" if self._links[-1] else "")
        elif tag == "img":
            self._text.append(f"![{dict(attrs).get('alt') or ''}]({_address(attrs, 'src') or 'image'})")

    def updatepos(self, i: int, j: int) -> int:  # noqa: ARG002 - as the parser calls it
        """Don't count lines: no one asks where a tag is."""
        return j

    def _open(self, tag: str) -> None:
        if tag in {"ul", "ol"}:
            self._lists.append([1 if tag == "ol" else 0])
        elif tag == "li":
            self._mark = self._next_mark()
        elif tag == "blockquote":
            self._quotes += 1
        elif tag == "pre":
            self._is_code = True
        elif tag in _HEADINGS:
            self._heading = "#" * int(tag[1])
        elif tag == "table":
            # A table in a cell is a part of its text.
            self._tables.append(self._tables[0] if self._tables else TableText())
        elif tag == "tr" and len(self._tables) == 1:
            self._tables[0].start_row()

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if tag in _WITHOUT_END:
            return
        if self._hidden:
            self._hidden = self._hidden[self._hidden[0] == tag :]
            return
        if tag == "pre" and self._is_code:
            self._end_code()
        elif tag in _BLOCKS or tag in _HEADINGS or tag in _CELLS:
            self._end_block()
            self._close(tag)
        elif tag in _BOLD:
            self._text.append("**")
        elif tag == "code" and not self._is_code:
            self._text.append("`")
        elif tag == "dt":
            self._text.append(":** ")
        elif tag == "dd":
            self._end_block()
        elif tag == "a" and self._links:
            address = self._links.pop()
            self._text.append(f"]({address})" if address else "")

    def _close(self, tag: str) -> None:
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
            self._mark = ""
        elif tag == "blockquote":
            self._quotes = max(self._quotes - 1, 0)
        elif tag in _HEADINGS:
            self._heading = ""
        elif tag == "table" and self._tables:
            table = self._tables.pop()
            if not self._tables:
                self.blocks.append(table.markdown())

    def handle_data(self, data: str) -> None:
        """Take text."""
        if not self._hidden:
            self._text.append(data if self._is_code else " ".join(re.split(r"\s+", data)))

    def _next_mark(self) -> str:
        if not self._lists:
            return "- "
        number = self._lists[-1][0]
        self._lists[-1][0] += 1 if number else 0
        return f"{number}. " if number else "- "

    def _end_block(self) -> None:
        """Write the text since the last block."""
        text = self._take()
        if self._tables:
            self._tables[0].add(text)
            return
        if not text:
            return
        if self._heading:
            self.blocks.append(f"{self._heading} {' '.join(text.split())}")
            return
        depth = min(max(len(self._lists) - 1, 0), _DEEPEST_LIST)
        indent = "    " * depth
        rest = indent + ("    " if self._lists else "")
        lines = [_STARTS_A_BLOCK.sub(_ESCAPE, line) for line in text.split("\n")]
        first = f"{indent}{self._mark:<4}" if self._mark else rest
        self._mark = ""
        quote = "> " if self._quotes else ""
        self.blocks.append(f"{quote}{first}" + f"\n{quote}{rest}".join(lines))

    def _end_code(self) -> None:
        """Write a code block, whose lines stay as they are."""
        self._is_code = False
        if self._tables or self._lists:
            self._end_block()
            return
        text = "".join(self._text).strip("\n")
        self._text.clear()
        fence = fence_around(text)
        self.blocks.append(f"{fence}\n{text}\n{fence}")

    def _take(self) -> str:
        """Return the text since the last block, without empty lines and empty bold pieces."""
        lines = "".join(self._text).replace("****", "").split("\n")
        self._text.clear()
        return "\n".join(filter(None, (" ".join(line.split()) for line in lines))).replace("<!--", "&lt;!--")


def fence_around(text: str) -> str:
    """Return a fence for a block of code, longer than those in it."""
    return "`" * max(3, *(len(ticks) + 1 for ticks in _TICKS.findall(text)), 0)


def html_to_markdown(html: str) -> str:
    """Return the content of an HTML document as Markdown.

    Raises:
        AssertionError: The document has a declaration that no browser knows.
    """
    writer = _Writer()
    # Without them, no `<` makes the parser search to the end of the text.
    writer.feed(_COMMENT.sub("", html[: html.rfind(">") + 1]))
    writer.close()
    writer.handle_endtag("p")
    return "\n\n".join(filter(None, writer.blocks)) + "\n"


def _address(attrs: Sequence[tuple[str, str | None]], name: str) -> str:
    return "".join((dict(attrs).get(name) or "").split())
