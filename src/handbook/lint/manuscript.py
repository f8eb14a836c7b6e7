"""A Markdown document split for validation: its front matter, its headings, and the text below them.

Every place is counted from the first line of the file. So empty lines replace the front matter before the
text is parsed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from markdown_it import MarkdownIt
from markdown_it.token import Token

from handbook.base.span import Span
from handbook.lint.front_matter import NO_FRONT_MATTER, FrontMatter, read_front_matter
from handbook.read.yaml.decoding import RefusedError, decode
from handbook.read.yaml.document import Document
from handbook.read.yaml.faults import Fault, FaultKind

LINE_END = re.compile(r"\r\n|\n|\r")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_ATTRIBUTES = re.compile(r"\{[:#.][^{}]*\}\s*\Z")
_BEFORE_TEXT = re.compile(r"[\s>*+-]*")
_SAYS_NOTHING = re.compile("[\\s….?_*\\[\\]|\u2013\u2014-]*")
_MARKUP = re.compile(r"[\\`*_\[\]<&!{]")
_LONGEST_HEADING = 1000

BOLD = 7
"""The level of a line in bold letters. Many programs export headings as such lines."""

PLAIN = 8
"""The level of another short line."""

_BOLD_LINE = re.compile(r"(?:\d{1,3}\\?[.)]\s+)?(\*\*|__)(?=\S)(?P<name>.+)(?<=\S)\1\s*:?")
_LONGEST_LINE = 80

MOST_CHARACTERS = 300_000
"""The longest text that is checked, some hundred pages, so that a check never takes too long."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the document itself, not of a quotation in it.

    Attributes:
        level: From 1 to 6; `BOLD` or `PLAIN` for a line of text that can be meant as a heading.
        name: Its text, without markup.
        span: The place of the text.
    """

    level: int
    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, an item, a row of a table or a piece of code.

    Attributes:
        words: The words to compare, without markup and punctuation.
        span: The place of its first line.
        heading: The heading that it can be meant as, if it is a short line.
    """

    words: tuple[str, ...]
    span: Span
    heading: Heading | None = None


@dataclass(frozen=True, eq=False)
class Manuscript:
    """A document that was read.

    Attributes:
        file: The whole text, and the faults that prevented reading it.
        front_matter: Its front matter.
        body: The text with empty lines instead of the front matter.
    """

    file: Document
    front_matter: FrontMatter
    body: str

    @cached_property
    def parts(self) -> Sequence[Heading | Block]:
        """Return the headings and the blocks below them, from top to bottom."""
        return list(_parts(_block_parser().parse(self.body), self.file))


def read_text(data: bytes) -> Document:
    """Read the text of a document. If it is not UTF-8 or too long, it has that fault."""
    faults = []
    try:
        text = decode(data)
    except RefusedError as refusal:
        text = refusal.text
        # Characters that YAML forbids are harmless below the front matter.
        faults = [refusal.fault] if refusal.fault.kind is FaultKind.ENCODING else []
    if len(text) > MOST_CHARACTERS and not faults:
        message = f"Document too long: {len(text):,} characters, maximum {MOST_CHARACTERS:,}"
        faults = [Fault(FaultKind.UNREADABLE, message, "Check that it is the right file, or split it")]
    return Document(text, faults=faults)


def take_apart(file: Document) -> Manuscript:
    """Split a document into front matter and text. An unreadable document has neither."""
    if file.faults:
        return Manuscript(file, NO_FRONT_MATTER, "")
    front_matter = read_front_matter(file)
    above = len(LINE_END.findall(file.text, 0, front_matter.body))
    return Manuscript(file, front_matter, "\n" * above + file.text[front_matter.body :])


def words(text: str) -> tuple[str, ...]:
    """Return the words of a Markdown text, ignoring markup, capitals, spaces and line breaks."""
    plain = _LINK.sub(r"\1", _COMMENT.sub(" ", text))
    return tuple(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", plain).casefold()))


def blocks(text: str) -> list[Block]:
    """Return the blocks of a Markdown text."""
    tokens = _block_parser().parse(text)
    return [part for part in _parts(tokens, Document(text)) if isinstance(part, Block)]


@cache
def _block_parser() -> MarkdownIt:
    """Return a parser that finds blocks and leaves their text unparsed, which is always fast."""
    return MarkdownIt("commonmark").enable("table").disable("inline")


@cache
def _inline_parser() -> MarkdownIt:
    return MarkdownIt("commonmark")


def _parts(tokens: Sequence[Token], file: Document) -> Iterator[Heading | Block]:
    is_head = False
    quotes = 0
    for index, token in enumerate(tokens):
        before = tokens[index - 1]
        quotes += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if token.type in {"thead_open", "thead_close"}:
            is_head = token.type == "thead_open"
        elif token.type == "tr_open" and not is_head:
            yield from _block(" ".join(_cells(tokens, index)), token, file)
        elif before.type == "heading_open" and token.level == 1:
            name = _without_markup(token.content[:_LONGEST_HEADING])
            yield Heading(int(before.tag[1:]), name, _span(token, file))
        elif before.type in {"td_open", "th_open"}:
            continue  # covered by the row
        elif token.type == "inline" and not quotes:
            yield from _paragraph(token, file)
        elif token.type in {"inline", "fence", "code_block", "html_block"}:
            yield from _block(token.content, token, file)


def _paragraph(token: Token, file: Document) -> Iterator[Block]:
    for block in _block(token.content, token, file):
        heading = None
        if len(token.content) <= _LONGEST_LINE and "\n" not in token.content:
            bold = _BOLD_LINE.fullmatch(token.content)
            if bold:
                heading = Heading(BOLD, _without_markup(bold["name"]), block.span)
            elif token.level == 1:
                heading = Heading(PLAIN, token.content, block.span)
        yield replace(block, heading=heading)


def _cells(tokens: Sequence[Token], row: int) -> Iterator[str]:
    for token in tokens[row:]:
        if token.type == "tr_close":
            return
        if token.type == "inline":
            yield token.content


def _block(content: str, token: Token, file: Document) -> Iterator[Block]:
    if not _SAYS_NOTHING.fullmatch(_COMMENT.sub("", content)):
        yield Block(words(content), _span(token, file))


def _span(token: Token, file: Document) -> Span:
    """Return the first line of a token, without the marks before its text."""
    first = (token.map or [0])[0] + 1
    line = file.line(first)
    text = token.content.partition("\n")[0].strip()
    start = line.find(text) if text else -1
    if start < 0:
        found = _BEFORE_TEXT.match(line)
        start, text = (found.end() if found else 0), line[found.end() if found else 0 :].rstrip()
    return Span(first, start + 1, first, start + 1 + max(len(text), 1))


def _without_markup(content: str) -> str:
    if not _MARKUP.search(content):
        return " ".join(content.split())
    text = "".join(_texts(_inline_parser().parseInline(content)[0].children or ()))
    return " ".join(_ATTRIBUTES.sub("", text).split())


def _texts(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in {"softbreak", "hardbreak"}:
            yield " "
        elif token.type != "html_inline":
            yield token.content
