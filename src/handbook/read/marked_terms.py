"""Terms that texts mark for the company's words: `$squad`, `$squads`.

A term is never replaced in IDs, references, links and choices, in code, and in the words of others:
quotations and fields whose schema says `x-text: verbatim`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from handbook.base.choices import Choice
from handbook.base.language import Language
from handbook.base.named_tuples import NamedTuple
from handbook.base.prose import prose
from handbook.base.regex import regex
from handbook.read.schemas.shapes import Shape
from handbook.read.yaml.document import Pointer

# Limits on unclosed parts keep the search linear.
LEFT_ALONE = regex(
    r"\]\([^()\n]{0,1000}\)"
    r"|<[^<>]{0,2000}>"
    r"|\{:?[ ]?[#.:][^{}\n]{0,500}\}"
    r"|\b(?:https?://|mailto:)\S{1,2000}"
    r"|^[ ]{0,3}\[[^\[\]\n]{1,500}\]:[^\n]*"
    r"|^[ ]{0,3}>[^\n]*",
    re.MULTILINE,
)
_MARKUP = regex(r"[\\`*_{}\[\]<>&#|~$!^=@:]|^[-+]|^\d+[.)]")
QUOTED = regex(r'“[^“”\n]{0,1000}”|"[^"\n]{0,1000}"')


class FreeText(NamedTuple):
    """A text of an entry in which terms can be marked.

    Attributes:
        pointer: Its place in the entry.
        text: The text.
        is_markdown: Whether it is Markdown; otherwise it is plain.
    """

    pointer: Pointer
    text: str
    is_markdown: bool


def free_texts(value: Any, shape: Shape | None) -> Sequence[FreeText]:
    """Return the texts of an entry in which terms can be marked."""
    found: list[FreeText] = []

    def collect(text: FreeText) -> str:
        found.append(text)
        return text.text

    _mapped(value, shape, (), collect)
    return found


def with_words(data: Mapping[str, Any], shape: Shape, language: Language) -> Mapping[str, Any]:
    """Return the data of an entry with the word for each marked term."""

    def replaced(text: FreeText) -> str:
        if text.is_markdown:
            return markdown_with_words(text.text, language)
        return language.with_words(text.text)

    # To write a value as a text takes less than to look into it.
    marked = {
        name: _mapped(part, shape.field(name), (name,), replaced)
        for name, part in data.items()
        if "$" in str(part)
    }
    return MappingProxyType({**data, **marked}) if marked else data


def markdown_with_words(text: str, language: Language) -> str:
    """Return a Markdown text with the word for each marked term."""
    return language.with_words(text, _as_markdown, outside_prose(text)) if "$" in text else text


def _as_markdown(word: str) -> str:
    """Return a word, or the name of a tool, that is displayed as it is."""
    if not _MARKUP.search(word):
        return word
    from handbook.base.text import escape  # noqa: PLC0415 - keeps validation fast to start

    return escape(word)


def outside_prose(text: str, *, with_quotations: bool = False) -> str:
    """Return a text of the same length with blanks for code, links and quotations.

    Args:
        text: The text.
        with_quotations: Whether text in quotation marks is a quotation, too.
    """
    blank = LEFT_ALONE.sub(_blank, prose(text))
    return QUOTED.sub(_blank, blank) if with_quotations else blank


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _mapped(value: Any, shape: Shape | None, pointer: Pointer, function: Callable[[FreeText], str]) -> Any:
    """Return a value with a function applied to every text in which terms can be marked."""
    if isinstance(value, Choice) or (shape and not shape.is_prose):
        return value
    if isinstance(value, str):
        return function(FreeText(pointer, value, bool(shape and shape.markdown)))
    if isinstance(value, (dict, MappingProxyType)):
        parts = {
            name: _mapped(part, shape.field(name) if shape else None, (*pointer, name), function)
            for name, part in value.items()
        }
        return MappingProxyType(parts)
    if isinstance(value, (list, tuple)):
        items = (
            _mapped(part, shape.item(index) if shape else None, (*pointer, index), function)
            for index, part in enumerate(value)
        )
        return tuple(items)
    return value
