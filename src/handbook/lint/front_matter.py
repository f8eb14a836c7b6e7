"""The front matter of a document: the YAML between two lines of dashes at its top.

The text from the first line down to the closing dashes is itself a YAML document, so the reader of sources
reads it as it stands, and its positions are those of the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from handbook.findings import Span
from handbook.read.document import Document, read_document
from handbook.read.faults import Fault, FaultKind

_OPENED = re.compile(r"(?P<above>(?:\s*[\n\r])?)---[ \t]*(?:\r\n|\n|\r|\Z)")
_CLOSED = re.compile(r"(?<=[\n\r])(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)")
_HEADING = re.compile(r"(?<=[\n\r])##+[ \t]+\S")
_HEADING_OR_COMMENT = re.compile(r"(?<=[\n\r])#+[ \t]+\S")


@dataclass(frozen=True, slots=True)
class Flaw:
    """What keeps a document from having front matter that can be read.

    Attributes:
        span: Where.
        message: What is wrong.
        hint: How to mend it.
    """

    span: Span
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands at the top of a document.

    Attributes:
        document: The text down to the closing dashes, as YAML; without any, a document without a value.
        body: Where the text below begins, as an offset in the file.
        flaw: What is wrong with it as a whole.
    """

    document: Document
    body: int = 0
    flaw: Flaw | None = None

    @property
    def fields(self) -> Mapping[str, Any] | None:
        """The fields; `None` when they are not known."""
        value = self.document.value
        return value if isinstance(value, dict) else None

    @property
    def faults(self) -> list[Fault]:
        """What is wrong with the YAML. That nothing stands there is a flaw, and no fault."""
        return [fault for fault in self.document.faults if fault.kind is not FaultKind.EMPTY]


def read_front_matter(file: Document) -> FrontMatter:
    """Finds the front matter of a file and reads it."""
    text = file.text
    opened = _OPENED.match(text)
    if opened is None:
        message = "the document has no front matter"
        hint = "begin the file with the lines of the template between `---` and `---`"
        return FrontMatter(_NOTHING, 0, Flaw(Span(), message, hint))
    dashes = file.span(opened.end("above"), opened.end("above") + 3)
    closed = _CLOSED.search(text, opened.end())
    front_matter = FrontMatter(_NOTHING, opened.end())
    if closed:
        front_matter = FrontMatter(read_document(text[: closed.start()].encode()), closed.end())
    # Dashes further down are a rule across the page, when a heading stands above them.
    heading = _HEADING_OR_COMMENT if front_matter.faults else _HEADING
    if closed is None or heading.search(text, opened.end(), closed.start()):
        hint = "write `---` on a line of its own below the last field"
        return FrontMatter(_NOTHING, opened.end(), Flaw(dashes, "the front matter is not closed", hint))
    if front_matter.faults:
        return front_matter
    return replace(front_matter, flaw=_flaw(front_matter.document, dashes, is_late=bool(opened["above"])))


def _flaw(found: Document, dashes: Span, *, is_late: bool) -> Flaw | None:
    if found.value is None:
        return Flaw(dashes, "the front matter is empty", "write the fields of the template below this line")
    if not isinstance(found.value, dict):
        message = "the front matter has no fields"
        return Flaw(found.value_span(()), message, "write each field on a line of its own: `name: value`")
    if is_late:
        message = "the front matter does not begin on the first line"
        return Flaw(dashes, message, "delete the empty lines above it, or other programs do not see it")
    return None


_NOTHING = Document("")
NO_FRONT_MATTER = FrontMatter(_NOTHING)
"""What a document has that could not be read."""
