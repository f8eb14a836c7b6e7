"""Read documents in the formats that people have: Markdown, Word, and the HTML of other programs.

Everything becomes Markdown, so that all rules apply. A file of another format has one fault, which says what
it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

from handbook.base.html_text import html_to_markdown
from handbook.base.named_tuples import NamedTuple
from handbook.lint.manuscript import read_text
from handbook.lint.word_file import WordError, word_to_html
from handbook.read.plain_file import UnusableError, read_plain_file
from handbook.read.yaml.document import Document
from handbook.read.yaml.faults import Fault, FaultKind

MOST_HTML = 1_000_000
"""The most HTML that is read, in characters, without pictures and styles."""

_START = 2_000
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?"
    rb"<(?:!doctype html|html|head|body|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_MAIL = re.compile(rb"[A-Za-z-]+:.*^mime-version:", re.IGNORECASE | re.DOTALL | re.MULTILINE)
_CHARSET = re.compile(rb"charset=[\"']?([A-Za-z0-9_-]{1,40})")
_EMBEDDED = re.compile(r"(?<=;base64,)[A-Za-z0-9+/=\s]{100,}")
_STYLE = re.compile(r"(?is)<style\b.*?(?:</style\s*>|\Z)")
_AS_WORD = "Save it as Word (.docx) or Markdown"
_OTHERS = (
    (
        b"\xd0\xcf\x11\xe0",
        "Old or protected Office file",
        "Save it as Word (.docx) without a password, or as Markdown",
    ),
    (b"%PDF-", "PDF file", "Use the document that it was made from, as Word (.docx) or Markdown"),
    (b"{\\rtf", "RTF file", _AS_WORD),
)


class Reading(NamedTuple):
    """A document that was read.

    Attributes:
        file: Its text as Markdown, and the faults that prevented reading it.
        is_copy: Whether the file itself has another format, so its lines are not those of the text.
    """

    file: Document
    is_copy: bool = False


def read_draft(path: Path) -> Reading:
    """Read a document. An unreadable one has a fault."""
    try:
        # A document on the command line can be anywhere, and Markdown can have megabytes of pictures.
        return read_bytes(read_plain_file(path, follow=True, is_text=False))
    except UnusableError as error:
        return Reading(Document("", faults=[error.fault]))


def read_bytes(data: bytes) -> Reading:
    """Read the content of a document by its format."""
    for start, what, hint in _OTHERS:
        if data.startswith(start):
            return _fault(f"{what} instead of a document", hint)
    if data.startswith(b"PK\x03\x04"):
        return _copy(lambda: word_to_html(data))
    if _MAIL.match(data[:_START]):
        return _copy(lambda: _page_of(data))
    if _HTML.match(data[:_START]):
        return _copy(lambda: _decoded(data))
    return Reading(read_text(_without_pictures(data)))


def _copy(html: Callable[[], str]) -> Reading:
    try:
        text = _STYLE.sub("", _EMBEDDED.sub("", html()))
        if len(text) > MOST_HTML:
            message = f"Document too long: {len(text):,} characters of HTML, maximum {MOST_HTML:,}"
            return _fault(message, "Check that it is the right file, or split it")
        return Reading(read_text(html_to_markdown(text).encode("utf-8", "replace")), is_copy=True)
    except WordError as error:
        return Reading(Document("", faults=[error.fault]))
    except (AssertionError, LookupError, RecursionError, ValueError):
        return _fault("Document is damaged", _AS_WORD)


def _without_pictures(data: bytes) -> bytes:
    """Return Markdown without the pictures in it: some programs write them as text of a megabyte each."""
    if b";base64," not in data:
        return data
    return re.sub(rb"(?<=;base64,)[A-Za-z0-9+/=]{100,}", b"", data)


def _page_of(data: bytes) -> str:
    """Return the HTML in a web archive, as which Confluence exports pages for Word."""
    message = message_from_bytes(data, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            return str(part.get_content())
    raise ValueError


def _decoded(data: bytes) -> str:
    charset = _CHARSET.search(data[:_START])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode(charset[1].decode() if charset else "windows-1252")


def _fault(message: str, hint: str) -> Reading:
    return Reading(Document("", faults=[Fault(FaultKind.UNREADABLE, message, hint)]))
