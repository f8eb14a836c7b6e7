"""Translate the texts of a new handbook.

The catalogues in `locale/practice/` have the texts that a new handbook can get, a line at a time. What is not
translated stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from textwrap import wrap
from types import MappingProxyType
from typing import Any

from handbook.base.language import ENGLISH
from handbook.check.page_anchors import slug
from handbook.read.languages import nearest_language
from handbook.read.schemas.shapes import Shape
from handbook.starter.answers import TeamWord
from handbook.starter.lines import Line, lines_of
from handbook.starter.rewriting import Place
from handbook.starter.team_word import in_gender

CATALOGUES = Path(__file__).parents[1] / "locale/practice"
_FOR_PROGRAMS = frozenset({"repeats"})
"""Fields whose texts the engine reads, in English."""
_OF_PAGES = frozenset({"title", "description"})
"""Texts at the top of a page that are for the site engine, so that no schema describes them."""
_ANCHOR = re.compile(r"\{[^{}]*#")
_HEAD = re.compile(r"\A(?:#.*\n)+")
_COMMENT = re.compile(
    r"^(?P<mark>[ ]*# )(?!yaml-language-server).*(?:\n(?P=mark)(?!yaml-language-server).*)*", re.MULTILINE
)
"""A comment of YAML, with all of its lines, but for those that tell editors something."""
_PAGE_WIDTH = 120
_FIELD_WIDTH = 108


class Translator:
    """Translates texts, and remembers them.

    Args:
        translations: The translations of lines; `None` if all texts stay as they are.
        word: The word for a team.

    Attributes:
        asked: The lines that it was asked for.
        missing: Those of them without a translation.
    """

    def __init__(
        self,
        translations: Mapping[str, str] | None = None,
        word: TeamWord = TeamWord(),  # noqa: B008 - a value
    ) -> None:
        self._translations = translations
        self._word = word
        self.asked: dict[str, None] = {}
        self.missing: dict[str, None] = {}

    def line(self, text: str) -> str:
        """Return the translation of a text on one line, or the text."""
        if self._translations is None:
            return text
        self.asked[text] = None
        if text not in self._translations:
            self.missing[text] = None
        return in_gender(self._translations.get(text, text), self._word)

    def markdown(self, text: str, width: int) -> str:
        """Return a Markdown text in which all lines are translated that can be.

        Args:
            text: The text.
            width: The length of a line.
        """
        if self._translations is None:
            return text
        return "\n".join(self._reworded(line, width) for line in lines_of(text))

    def page(self, text: str) -> str:
        """Return the Markdown text of a page. Links to its headings stay valid."""
        if self._translations is None:
            return text
        lines = (_with_anchor(line) for line in lines_of(text))
        return "\n".join(self._reworded(line, _PAGE_WIDTH) for line in lines)

    def comments(self, text: str) -> str:
        """Return a text of YAML with its comments translated. It has no blocks of text."""
        if self._translations is None:
            return text
        return _COMMENT.sub(self._reworded_comment, text)

    def head_comment(self, text: str) -> str:
        """Return a text of YAML with the comment at its top translated."""
        return _HEAD.sub(lambda found: self.comments(found[0]), text)

    def _reworded_comment(self, found: re.Match[str]) -> str:
        mark = found["mark"]
        old = " ".join(line.removeprefix(mark) for line in found[0].split("\n"))
        new = self.line(old)
        if new == old:
            return found[0]
        return "\n".join(wrap(new, _PAGE_WIDTH, initial_indent=mark, subsequent_indent=mark))

    def fields(self, shape: Shape, value: Any, without: Collection[Place]) -> Iterator[tuple[Place, str]]:
        """Yield the translated texts in a value by place.

        Args:
            shape: The schema of the value.
            value: The value.
            without: The places that are left out.
        """
        if self._translations is None:
            return
        for place, text in _texts(shape, value, ()):
            if any(place[:end] in without for end in range(len(place) + 1)):
                continue
            body = text.rstrip("\n")
            lines = list(lines_of(body))
            if any(line.text for line in lines):
                is_block = "\n" in text
                new = self.markdown(body, _FIELD_WIDTH) if is_block else self.line(body)
                if new != body:
                    yield place, new + text[len(body) :]

    def _reworded(self, line: Line, width: int) -> str:
        new = self.line(line.text) if line.text else ""
        return line.raw if new == line.text else line.reworded(new, width)


def read_translator(language: str, word: TeamWord) -> Translator:
    """Return what translates texts to a language. A language without labels of ours has no texts either.

    Args:
        language: The code of the language.
        word: The word for a team.
    """
    code = nearest_language(language)
    if code in {None, ENGLISH}:
        return Translator()
    path = CATALOGUES / f"{code}.po"
    return Translator(_read(path) if path.is_file() else {}, word)


@lru_cache(maxsize=2)
def _read(path: Path) -> Mapping[str, str]:
    from babel.messages.pofile import read_po  # noqa: PLC0415 - a handbook in English needs no catalogue

    with path.open("rb") as file:
        messages = read_po(file, locale=path.stem)
    done = (each for each in messages if each.id and each.string and not each.fuzzy)
    return MappingProxyType({str(each.id): str(each.string) for each in done})


def _with_anchor(line: Line) -> Line:
    """Return a heading with the anchor that it has in English."""
    if not line.is_heading or _ANCHOR.search(line.tail) or not line.text:
        return line
    return line._replace(tail=f" {{ #{slug(line.text)} }}")


def _texts(shape: Shape | None, value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    """Yield the texts for readers in a value, with their places."""
    if shape is None:
        return
    if isinstance(value, str):
        if shape.is_prose:
            yield place, value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            field = shape.field(name)
            if field is None and name in _OF_PAGES and isinstance(part, str):
                yield (*place, name), part
            elif name not in _FOR_PROGRAMS:
                yield from _texts(field, part, (*place, name))
    elif isinstance(value, (list, tuple)):
        for index, part in enumerate(value):
            yield from _texts(shape.item(index), part, (*place, index))
