"""Read the hand-written pages and their front matter.

Site engines find front matter by a rule of their own. They show other text as part of the page, or lose it.
Here it is read once, by the same rule, and text that they could read in another way is a fault. So
misunderstood front matter never shows a page to the wrong readers.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote

from handbook.base.likeness import is_like
from handbook.base.regex import regex
from handbook.read.files import Site, name_in
from handbook.read.plain_file import UnusableError, read_plain_file
from handbook.read.tree import Tree
from handbook.read.yaml.decoding import RefusedError, decode
from handbook.read.yaml.document import Document, read_text
from handbook.read.yaml.faults import Fault, FaultKind

PAGE_SCHEMA = "page.schema.json"
"""The schema of the front matter of pages. The front matter also has fields for the theme."""

CHANGES_PAGE = "changes.md"
"""The page with the changes of a version, generated if the navigation names it or is automatic."""

SETUP_PAGE = "setup.md"
"""The page with what is still to be decided, generated until nothing is."""

GUIDE_PAGE = "contribute/index.md"
"""The page that explains how to change the handbook. Every page links to it, where a site has it."""

FIND_PAGE = "start/find.md"
"""The page to look for something without the search, which needs scripts."""

OTHERS_PAGE = "start/other-teams.md"
"""The page for readers outside the team. Every page links to it, where a site has it."""

PAGE_SUFFIX = ".md"

FIRST_PAGES = ("index.md", "README.md")
"""The pages that open at the address of their folder."""

# The same as in `mkdocs.utils.meta`.
_FRONT_MATTER = regex(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_METADATA = regex(r"\A {0,3}[A-Za-z0-9_-]+:[^\n]*")
_NEARLY = regex(
    # No part is tried twice, however long it is.
    r"\A\s*+[^\w\n]*+(?:ya?ml|toml|json)?+[^\w\n]*+\n\s*+[^\w\n]{0,3}(?P<name>\w++)[^\w\n]{0,3}\s?[:=]"
)
"""A line without words, such as dashes, followed by a field."""

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
"""The usual fields of a page."""

_ONLY_YAML_1_1 = regex(r"=|0[bx]_*|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*", re.DOTALL)
"""Texts that other programs read as something else, or as an error."""

_NO_FIELDS: Mapping[str, Any] = MappingProxyType({})


class Page:
    """A page in the docs folder.

    Pages of the same path and text are equal.

    Attributes:
        path: The path below the docs folder, with forward slashes.
        shown_path: The path below the site's folder, for findings.
        text: The text including front matter, with the line ends of Unix.
        file: The same as far as it could be read, and the faults that prevented reading it.
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
        """Return the YAML of the front matter from the first line on, with the places of the file."""
        return self.text[: self._match.end(1)] if self._match else ""

    @property
    def body(self) -> str:
        """Return its text without the front matter, as engines render it."""
        return self.text[self._match.end() :].lstrip("\n") if self._match else self.text

    @property
    def first_body_line(self) -> int:
        """Return the first line of the text below the front matter, counted from 1."""
        return self.text.count("\n") - self.body.lstrip("\n").count("\n") + 1

    @cached_property
    def document(self) -> Document:
        """Return the front matter as YAML, read from the first line of the file; without any, nothing."""
        if not self._match:
            return Document("")
        found = read_text(self.front_matter)
        # Empty front matter is reported as such, not as an empty file.
        faults = [fault for fault in found.faults if fault.kind is not FaultKind.EMPTY]
        return found if len(faults) == len(found.faults) else Document(found.text)

    @property
    def meta(self) -> Mapping[str, Any]:
        """Return the fields of the front matter; none when it could not be read."""
        value = self.document.value
        return value if isinstance(value, dict) else _NO_FIELDS

    @cached_property
    def flaw(self) -> Fault | None:
        """Return the error in the front matter as a whole, with the places of the file."""
        if self._match:
            return None if self.document.faults else _flaw_of_fields(self.document)
        if self.text.startswith("---"):
            message = "Front matter is not closed, or does not start with `---`"
            hint = "Add a line with `---` above the first field and below the last field"
            return _flaw(0, self.text.find("\n"), message, hint)
        nearly = _NEARLY.match(self.text)
        if nearly and any(is_like(nearly["name"], name) for name in _FIELDS):
            message = "Front matter does not start with `---` on the first line"
            hint = "Put `---` on the first line of the file, with nothing above it"
            return _flaw(nearly.start("name"), nearly.end("name"), message, hint)
        metadata = _METADATA.match(self.text)
        if metadata:
            message = "MkDocs reads the first lines of this page as fields and does not show them"
            hint = "Put fields between two lines with `---`, or start the page with a heading"
            return _flaw(0, metadata.end(), message, hint)
        return None

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Return every fault that changes how the front matter is read."""
        return (*self.file.faults, *self.document.faults, *filter(None, [self.flaw]))

    @cached_property
    def _match(self) -> re.Match[str] | None:
        return _FRONT_MATTER.match(self.text)


def _flaw(start: int, end: int, message: str, hint: str) -> Fault:
    return Fault(FaultKind.FRONT_MATTER, message, hint, start, max(end, start + 1))


def _flaw_of_fields(document: Document) -> Fault | None:
    """Return the error that stops engines from reading valid YAML as front matter."""
    if not isinstance(document.value, dict):
        message = "No fields between the two `---` lines, so MkDocs shows all of it as text"
        hint = "Put a field on each line, `name: value`; for a horizontal rule, use `***`"
        return _flaw(0, 3, message, hint)
    if any(map(_may_be_refused, _texts(document.value))):
        import yaml  # noqa: PLC0415 - such texts are rare, and YAML takes long to import

        try:
            yaml.load(document.text, yaml.CSafeLoader)
        except (ValueError, yaml.YAMLError) as error:
            message = f"MkDocs cannot read these fields: {str(error).partition(chr(10))[0]}"
            return _flaw(0, 3, message, "Put dates, and texts made of signs only, in quotes")
    return None


def _may_be_refused(text: str) -> bool:
    """Return whether programs with YAML 1.1 could read a text as an error. Valid dates are safe."""
    if not _ONLY_YAML_1_1.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return True
    return False


def _texts(value: Any) -> list[str]:
    """Yield every text in a value, except keys of mappings."""
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
        make_page(name_in(path, site.docs), site.shown(path), path)
        for path in tree.below(site.docs, (PAGE_SUFFIX,))
    ]


def make_page(path: str, shown_path: str, file: Path) -> Page:
    """Read a page. An unreadable page has no text, only faults.

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


def address(path: str) -> str:
    """Return the path of a file of the docs folder, the same for two pages that share an address."""
    folder, name = posixpath.split(path)
    return posixpath.join(folder, FIRST_PAGES[0]) if name in FIRST_PAGES else path


def link_path(target: str, folder: str = "") -> str:
    """Return the page or file that a link opens, as a path in the docs folder.

    Args:
        target: The link as written.
        folder: The folder that it starts from.
    """
    written = unquote(target.partition("#")[0].partition("?")[0])
    return posixpath.normpath(posixpath.join(folder, written))
