"""The hand-written pages, and what each says of itself at its top.

Site engines find that front matter by a rule of their own and show what does not fit it as text, or lose it.
Here it is read once, by the same rule, and what they could read in another way is a fault. So a page is shown
to no one because its first lines were misunderstood.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from handbook.read.composing import RefusedError, decode
from handbook.read.document import Document, read_text
from handbook.read.faults import Fault, FaultKind
from handbook.read.files import Site
from handbook.read.likeness import is_like
from handbook.read.plain_file import UnusableError, read_plain_file
from handbook.read.tree import Tree

PAGE_SCHEMA = "page.schema.json"
"""Describes what a page says of itself. Its front matter also has what the theme wants to know."""

CHANGES_PAGE = "changes.md"
"""The page that says what a version has changed, made by the engine where a navigation names it."""

GUIDE_PAGE = "contribute/index.md"
"""The page that explains how to change the handbook. Every page links to it, where a site has it."""

PAGE_SUFFIX = ".md"

# As MkDocs has it in `mkdocs.utils.meta`.
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_METADATA = re.compile(r"\A {0,3}[A-Za-z0-9_-]+:[^\n]*")
_NEARLY = re.compile(
    # Nothing is tried twice, however long it is.
    r"\A\s*+[^\w\n]*+(?:ya?ml|toml|json)?+[^\w\n]*+\n\s*+[^\w\n]{0,3}(?P<name>\w++)[^\w\n]{0,3}\s?[:=]"
)
"""A line without words, such as one of dashes, and a field below it."""

_FIELDS = (
    "title",
    "description",
    "icon",
    "owner",
    "review",
    "audience",
    "tags",
    "status",
    "hide",
    "search",
    "template",
    "render_macros",
)
"""What a page usually says of itself."""

_ONLY_YAML_1_1 = re.compile(r"=|0[bx]_*|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*", re.DOTALL)
"""Texts that other readers take for something else, and some of them for a mistake."""

_NO_FIELDS: Mapping[str, Any] = MappingProxyType({})


class Page:
    """A page in the docs folder.

    Pages of the same path and text are equal.

    Attributes:
        path: Below the docs folder, with forward slashes.
        shown_path: Below the site's folder, for findings.
        text: What stands in it, front matter included, with the line ends of Unix.
        file: The same as far as it could be read, and what kept it from being read.
    """

    def __init__(self, path: str, shown_path: str, text: str, file: Document | None = None) -> None:
        self.path = path
        self.shown_path = shown_path
        self.text = text
        self.file = file or Document(text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Page) and (self.path, self.text) == (other.path, other.text)

    def __hash__(self) -> int:
        return hash((self.path, self.text))

    @property
    def front_matter(self) -> str:
        """The YAML at its top, from the first line on, so that places in it are those of the file."""
        return self.text[: self._match.end(1)] if self._match else ""

    @property
    def body(self) -> str:
        """Return its text without the front matter, as engines render it."""
        return self.text[self._match.end() :].lstrip("\n") if self._match else self.text

    @property
    def first_body_line(self) -> int:
        """The line of the file on which the page's own text begins, counted from 1."""
        return self.text.count("\n") - self.body.lstrip("\n").count("\n") + 1

    @cached_property
    def document(self) -> Document:
        """Return the front matter as YAML, read from the first line of the file; without any, nothing."""
        if not self._match:
            return Document("")
        found = read_text(self.front_matter)
        # That nothing stands in it is said of the front matter, and not of a file.
        faults = [fault for fault in found.faults if fault.kind is not FaultKind.EMPTY]
        return found if len(faults) == len(found.faults) else Document(found.text)

    @property
    def meta(self) -> Mapping[str, Any]:
        """Return the fields of the front matter; none when it could not be read."""
        value = self.document.value
        return value if isinstance(value, dict) else _NO_FIELDS

    @cached_property
    def flaw(self) -> Fault | None:
        """Return what is wrong with the front matter as a whole; its places are those of the file."""
        if self._match:
            return None if self.document.faults else _flaw_of_fields(self.document)
        if self.text.startswith("---"):
            message = "The front matter is not closed, or its first line is not three dashes"
            hint = "Write `---` alone on the line above the first field and on the one below the last"
            return _flaw(0, self.text.find("\n"), message, hint)
        nearly = _NEARLY.match(self.text)
        if nearly and any(is_like(nearly["name"], name) for name in _FIELDS):
            message = "The front matter does not begin on the first line with three dashes"
            hint = "Write `---` alone on the first line of the file, with nothing above it"
            return _flaw(nearly.start("name"), nearly.end("name"), message, hint)
        metadata = _METADATA.match(self.text)
        if metadata:
            message = "MkDocs takes the first lines of this page for fields, and does not show them"
            hint = "Write fields between two lines of dashes, `---`, or begin the page with a heading"
            return _flaw(0, metadata.end(), message, hint)
        return None

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Return everything that keeps it from being read as its author means it."""
        return (*self.file.faults, *self.document.faults, *filter(None, [self.flaw]))

    @cached_property
    def _match(self) -> re.Match[str] | None:
        return _FRONT_MATTER.match(self.text)


def _flaw(start: int, end: int, message: str, hint: str) -> Fault:
    return Fault(FaultKind.FRONT_MATTER, message, hint, start, max(end, start + 1))


def _flaw_of_fields(document: Document) -> Fault | None:
    """What keeps engines from taking a sound YAML text for front matter."""
    if not isinstance(document.value, dict):
        message = "No fields are between the two lines of dashes, so MkDocs shows all of it as text"
        hint = "Write a field on each line, `name: value`; for a rule across the page write `***`"
        return _flaw(0, 3, message, hint)
    if any(map(_may_be_refused, _texts(document.value))):
        try:
            yaml.load(document.text, yaml.CSafeLoader)
        except (ValueError, yaml.YAMLError) as error:
            message = f"MkDocs cannot read these fields: {str(error).partition(chr(10))[0]}"
            return _flaw(0, 3, message, "Put dates, and texts of nothing but signs, in quotes")
    return None


def _may_be_refused(text: str) -> bool:
    """Whether readers of YAML 1.1 may take a text for a mistake; a day that there is, they read as such."""
    if not _ONLY_YAML_1_1.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return True
    return False


def _texts(value: Any) -> list[str]:
    """Every text in a value, without those of mappings' keys."""
    texts: list[str] = []
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            texts.append(part)
        elif isinstance(part, (dict, list)):
            waiting += part.values() if isinstance(part, dict) else part
    return texts


def read_pages(site: Site, tree: Tree) -> list[Page]:
    """Read every page of the docs folder, in name order.

    Args:
        site: The site.
        tree: Its files.
    """
    return [
        make_page(path.relative_to(site.docs).as_posix(), site.shown(path), path)
        for path in tree.below(site.docs, (PAGE_SUFFIX,))
    ]


def make_page(path: str, shown_path: str, file: Path) -> Page:
    """Read a page. One that cannot be read has no text and says why.

    Args:
        path: Its path below the docs folder.
        shown_path: Its path in findings.
        file: The file.
    """
    try:
        text = decode(read_plain_file(file))
    except UnusableError as error:
        return Page(path, shown_path, "", Document("", faults=[error.fault]))
    except RefusedError as refusal:
        return Page(path, shown_path, "", Document(refusal.text, faults=[refusal.fault]))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Page(path, shown_path, text)
