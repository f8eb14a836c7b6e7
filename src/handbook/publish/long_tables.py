"""Long tables on several pages, so that each loads fast and everything is there without scripts.

A further page has the title of the first, and other rows of the table. It is next to the first, so that links
lead to the same places. The script of tables reads the rows there: each exists once, for the audience of its
page.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from itertools import accumulate
from urllib.parse import quote

from markupsafe import Markup

from handbook.base.language import _
from handbook.base.named_tuples import NamedTuple
from handbook.base.numbers import format_number
from handbook.base.regex import regex

_MARK = '<tbody data-part="'
"""Where a part of a table starts, as `html_table` writes it."""
_FIRST = f'{_MARK}1"'
_FRAMES = ('<div class="hb-table"', '<div class="hb-table ')
_END = "</table>"
_ARTICLE = regex(r"(?s)(?P<before>.*?<article\b[^>]*>).*?(?P<title><h1\b.*?</h1>).*(?P<after></article>.*)")
"""A page of the theme, whose text is in an article."""
_CONTENTS = regex(r'<a href="(#[^"]*)" class="md-nav__link"')
"""A link in the table of contents, which the theme writes before the text."""
_INDEX = "index.html"
_NUMBERS = regex(r"\.table-\d+-\d+(?=\.html\Z)")
"""What the name of a further page adds to that of the first: the table and the part.

With numbers alone, it could be that of another page, such as `release.1.2`.
"""
_NAV = Markup('\n<nav class="hb-table__parts" aria-label="{}"><span>{}</span> {}</nav>')
_LINK = Markup('<a href="{}"{}>{}</a>')
_CURRENT = Markup(' aria-current="page"')


class _Table(NamedTuple):
    """A table of several parts.

    Attributes:
        head: Its start, up to its rows.
        parts: The HTML of its parts, each with links to all of them.
        files: The name of the file for each.
        start: Where its rows start on the whole page.
        end: Where it ends there.
    """

    head: str
    parts: Sequence[str]
    files: Sequence[str]
    start: int
    end: int


def split_tables(page: str, file: str) -> dict[str, str]:
    """Return a page with the first part of each long table, and a page for each other part, by file name.

    Args:
        page: The whole page.
        file: The name of its file.
    """
    if _FIRST not in page or (frame := _ARTICLE.fullmatch(page)) is None:
        return {file: page}
    address = _address(file)
    before = _CONTENTS.sub(rf'<a href="{address}\1" class="md-nav__link"', frame["before"])
    pages: dict[str, str] = {}
    pieces, done = [], 0
    for table in _long_tables(page, file):
        pieces += [page[done : table.start], table.parts[0]]
        done = table.end
        for name, part in zip(table.files[1:], table.parts[1:], strict=True):
            pages[name] = f"{before}\n{frame['title']}\n{table.head}{part}\n</div>\n{frame['after']}"
    return {file: "".join([*pieces, page[done:]]), **pages}


def first_page(path: str) -> str:
    """Return the path of the page with the first parts of tables, given that of a further one."""
    return _NUMBERS.sub("", path)


def _long_tables(page: str, file: str) -> Iterator[_Table]:
    stem, suffix = posixpath.splitext(file)
    number, start = 0, page.find(_FIRST)
    while start >= 0 and (end := page.find(_END, start)) >= 0:
        number += 1
        rows = [f"{_MARK}{part}" for part in page[start:end].split(_MARK)[1:]]
        files = [file, *(f"{stem}.table-{number}-{part}{suffix}" for part in range(2, len(rows) + 1))]
        parts = [f"{part}{_END}{links}" for part, links in zip(rows, _links(rows, files), strict=True)]
        frame = max(page.rfind(frame, 0, start) for frame in _FRAMES)
        yield _Table(page[frame:start], parts, files, start, end + len(_END))
        start = page.find(_FIRST, end)


def _links(parts: Sequence[str], files: Sequence[str]) -> Iterator[Markup]:
    """Yield for each part what it has, and the links to all parts."""
    rows = list(accumulate(map(_count, parts), initial=0))
    for shown in range(len(parts)):
        first, last, total = map(format_number, (rows[shown] + 1, rows[shown + 1], rows[-1]))
        said = _("Rows %(first)s to %(last)s of %(total)s", first=first, last=last, total=total)
        links = (
            _LINK.format(_address(file), _CURRENT if part == shown else "", part + 1)
            for part, file in enumerate(files)
        )
        yield _NAV.format(_("Pages of the table"), said, Markup(" ").join(links))


def _address(file: str) -> str:
    """Return the address of a page in the same folder: of an index, that of the folder."""
    return "./" if file == _INDEX else quote(file)


def _count(part: str) -> int:
    """Return the number of rows, without the names of groups."""
    return part.count("<tr") - part.count('<tr class="hb-group"')
