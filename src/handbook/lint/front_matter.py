"""The front matter of a document: the YAML between `---` and `---` at its top.

The text from the first line to the closing `---` is a YAML document, so the reader of sources reads it
unchanged, with the positions of the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from handbook.base.span import Span
from handbook.read.yaml.document import Document, read_document
from handbook.read.yaml.faults import Fault, FaultKind

_OPENED = re.compile(r"(?P<above>(?:\s*[\n\r])?)---[ \t]*(?:\r\n|\n|\r|\Z)")
_CLOSED = re.compile(r"(?<=[\n\r])(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)")
_HEADING = re.compile(r"(?<=[\n\r])##+[ \t]+\S")
_HEADING_OR_COMMENT = re.compile(r"(?<=[\n\r])#+[ \t]+\S")


@dataclass(frozen=True, slots=True)
class Flaw:
    """An error in the front matter as a whole.

    Attributes:
        span: The place.
        message: The problem.
        hint: The fix.
    """

    span: Span
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter of a document.

    Attributes:
        document: The text down to the closing `---`, as YAML; if there is none, a document without a value.
        body: The start of the text below, as an offset in the file.
        flaw: The error in the front matter as a whole, if any.
        is_missing: Whether there is none, so the fields can be written as lines or a table.
        is_lines: Whether they are.
    """

    document: Document
    body: int = 0
    flaw: Flaw | None = None
    is_missing: bool = False
    is_lines: bool = False

    @property
    def fields(self) -> Mapping[str, Any] | None:
        """Return the fields; `None` if they are unknown."""
        value = self.document.value
        return value if isinstance(value, dict) else None

    @property
    def faults(self) -> list[Fault]:
        """Return the faults of the YAML. Empty front matter is a flaw, not a fault."""
        return [fault for fault in self.document.faults if fault.kind is not FaultKind.EMPTY]


def read_front_matter(file: Document) -> FrontMatter:
    """Find and read the front matter of a file."""
    text = file.text
    opened = _OPENED.match(text)
    if opened is None:
        return FrontMatter(_NOTHING, 0, Flaw(Span(), "Missing front matter", ""), is_missing=True)
    dashes = file.span(opened.end("above"), opened.end("above") + 3)
    closed = _CLOSED.search(text, opened.end())
    front_matter = FrontMatter(_NOTHING, opened.end())
    if closed:
        front_matter = FrontMatter(read_document(text[: closed.start()].encode()), closed.end())
    # Dashes below a heading are a horizontal rule.
    heading = _HEADING_OR_COMMENT if front_matter.faults else _HEADING
    if closed is None or heading.search(text, opened.end(), closed.start()):
        hint = "Add `---` on a line of its own below the last field"
        return FrontMatter(_NOTHING, opened.end(), Flaw(dashes, "Front matter is not closed", hint))
    if front_matter.faults:
        return front_matter
    return replace(front_matter, flaw=_flaw(front_matter.document, dashes, is_late=bool(opened["above"])))


def _flaw(found: Document, dashes: Span, *, is_late: bool) -> Flaw | None:
    if found.value is None:
        return Flaw(dashes, "Front matter is empty", "Add the fields of the template below this line")
    if not isinstance(found.value, dict):
        message = "Front matter has no fields"
        return Flaw(found.value_span(()), message, "Put each field on a line of its own: `name: value`")
    if is_late:
        message = "Front matter does not start on the first line"
        return Flaw(dashes, message, "Remove the empty lines above it: other programs ignore it there")
    return None


_NOTHING = Document("")
NO_FRONT_MATTER = FrontMatter(_NOTHING)
"""The front matter of an unreadable document."""
