"""The hand-written pages."""

from __future__ import annotations

import re
from typing import NamedTuple

from handbook.read.files import Site, files_below

PAGE_SCHEMA = "page.schema.json"
"""Describes what a page says of itself. Its front matter also has what the theme wants to know."""

CHANGES_PAGE = "changes.md"
"""The page that says what a version has changed, made by the engine where a navigation names it."""

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)


class Page(NamedTuple):
    """A page in the docs folder.

    Attributes:
        path: Below the docs folder, with forward slashes.
        shown_path: Below the site's folder, for findings.
        text: What stands in it, front matter included.
    """

    path: str
    shown_path: str
    text: str

    @property
    def front_matter(self) -> str:
        """The YAML at its top, from the first line on, so that places in it are those of the file."""
        match = FRONT_MATTER.match(self.text)
        return self.text[: match.end(1)] if match else ""

    @property
    def first_body_line(self) -> int:
        """The line of the file on which the page's own text begins, counted from 1."""
        match = FRONT_MATTER.match(self.text)
        rest = self.text[match.end() :] if match else self.text
        return self.text.count("\n") - rest.lstrip("\n").count("\n") + 1


def read_pages(site: Site) -> list[Page]:
    """Every Markdown page of the docs folder, in name order. One that is not UTF-8 is MkDocs' to refuse."""
    return [
        Page(
            path.relative_to(site.docs).as_posix(),
            site.relative(path) if path.is_relative_to(site.root) else str(path),
            path.read_text(encoding="utf-8-sig", errors="replace"),
        )
        for path in files_below(site.docs, (".md",))
        if path.is_file()
    ]
