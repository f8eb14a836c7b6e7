"""Write HTML as Markdown: headings, paragraphs, lists, tables and links.

Only the structure matters: the result is read by the checks of a document, or by a program that reads pages.
So the markup of a text is not escaped, except where it would start or hide a block. The work grows with the
length of the HTML only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser

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
_PIPE = r"\|"
_DEEPEST_LIST = 4
_MOST_COLUMNS = 40


class _Table:
    """A table that is being read.

    Attributes:
        rows: The cells of its rows, each as pieces of text.
        has_titles: For each row, whether it has only title cells so far.
    """

    def __init__(self) -> None:
        self.rows: list[list[list[str]]] = []
        self.has_titles: list[bool] = []

    def start_row(self) -> None:
        """Start a row."""
        self.rows.append([])
        self.has_titles.append(True)

    def start_cell(self, *, is_title: bool) -> None:
        """Start a cell, and a row if there is none."""
        if not self.rows:
            self.start_row()
        self.rows[-1].append([])
        self.has_titles[-1] &= is_title

    def add(self, text: str) -> None:
        """Add text to the last cell."""
        if self.rows and self.rows[-1]:
            self.rows[-1][-1].append(text)

    def markdown(self) -> str:
        """Return the table. Without a row of titles, that row is empty."""
        rows = [_joined(row) for row in self.rows if row]
        if not rows:
            return ""
        columns = max(map(len, rows))
        titles = rows.pop(0) if self.has_titles[0] and len(rows) > 1 else []
        lines = [[*row, *[""] * (columns - len(row))] for row in (titles, ["---"] * columns, *rows)]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)


class _Writer(HTMLParser):
    """Collects the blocks of a document."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self._text: list[str] = []
        self._skipped = 0
        self._lists: list[list[int]] = []  # the next number of each open list, 0 for one without numbers
        self._mark = ""  # the mark of an item that has no text yet
        self._quotes = 0
        self._heading = ""
        self._tables: list[_Table] = []
        self._links: list[str] = []
        self._is_code = False

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Open an element."""
        if tag in _SKIPPED:
            self._skipped += 1
        if self._skipped:
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
            self._tables.append(self._tables[0] if self._tables else _Table())
        elif tag == "tr" and len(self._tables) == 1:
            self._tables[0].start_row()

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if tag in _SKIPPED:
            self._skipped = max(self._skipped - 1, 0)
        if self._skipped or tag in _WITHOUT_END:
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
        if not self._skipped:
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


def _joined(row: Sequence[Sequence[str]]) -> list[str]:
    """Return the texts of a reasonable number of cells, each on one line; the last one has the rest."""
    cells = [" ".join(" ".join(pieces).split()).replace("|", _PIPE) for pieces in row]
    first, rest = cells[: _MOST_COLUMNS - 1], cells[_MOST_COLUMNS - 1 :]
    return [*first, " ".join(rest)] if rest else first


def _address(attrs: Sequence[tuple[str, str | None]], name: str) -> str:
    return "".join((dict(attrs).get(name) or "").split())
