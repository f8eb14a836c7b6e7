"""The hand-written pages: their text and the macros they call."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError, nodes

from handbook.read.files import Site, files_below

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_NO_MACROS = re.compile(r"^render_macros:[ \t]*false\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Page:
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
    def first_body_line(self) -> int:
        """The line of the file on which the page's own text begins, counted from 1."""
        match = _FRONT_MATTER.match(self.text)
        rest = self.text[match.end() :] if match else self.text
        return self.text.count("\n") - rest.lstrip("\n").count("\n") + 1


@dataclass(frozen=True, slots=True)
class MacroCall:
    """A macro called on a page with what is written out there.

    Attributes:
        name: The macro.
        line: The line of the file, counted from 1.
        arguments: The arguments in order that are written out; `None` for one that is computed.
    """

    name: str
    line: int
    arguments: tuple[object, ...]


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


def macro_calls(page: Page) -> Iterator[MacroCall]:
    """The macros a page calls by name.

    Raises:
        TemplateSyntaxError: The page is not valid Jinja; the error knows the line.
    """
    front_matter = _FRONT_MATTER.match(page.text)
    if "{" not in page.text or (front_matter and _NO_MACROS.search(front_matter[1])):
        return
    yield from _calls(page.text)


@lru_cache(maxsize=512)
def _calls(text: str) -> tuple[MacroCall, ...]:
    """The calls in a text, which several rules ask about."""
    return tuple(
        MacroCall(
            call.node.name,
            call.lineno,
            tuple(arg.value if isinstance(arg, nodes.Const) else None for arg in call.args),
        )
        for call in Environment(autoescape=True).parse(text).find_all(nodes.Call)
        if isinstance(call.node, nodes.Name)
    )


__all__ = ["MacroCall", "Page", "TemplateSyntaxError", "macro_calls", "read_pages"]
