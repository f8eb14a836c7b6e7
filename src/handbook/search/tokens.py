"""Split texts into words, and reduce words to stems. `search_words.js` does the same in the browser."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from handbook.base.language import ENGLISH
from handbook.base.named_tuples import NamedTuple

_FOLDER = Path(__file__).with_name("words")
_CHUNK = re.compile(r"[^\W_]+(?:[-_./&][^\W_]+)*")
_PART = re.compile(r"[-_./&]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
_APOSTROPHES = re.compile("['\u2019\u02bc]")
_MARKS = re.compile(r"[\u0300-\u036f]")
_MARKUP = re.compile(r"\{[:#. ][^{}\n]*\}|<[^<>]*>|\]\([^()\s]*\)|https?://\S+")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_EMPHASIS = re.compile(r"\*\*?|`+")
_TWO = 2
_LONGEST = 40
"""The most characters of a word. Longer ones, such as keys, are cut: no one types them."""


Suffix: TypeAlias = tuple[str, str, int]


class Speech(NamedTuple):
    """What the search knows of a language, from a file of `words/`, for both the engine and the browser.

    Attributes:
        code: The code of the language.
        stop: The words that say nothing of the subject.
        soft: Words that say little of it, such as "soon". They can match, but need not.
        suffixes: Endings, what replaces each, and how many characters must be left before it.
        endings: The same by their last letter.
        intents: Phrases that say what a question is after, and the content types that answer it.
        synonyms: Groups of phrases with the same meaning.
        unlisted: What a reader asks who wants a tool that the handbook doesn't list.
    """

    code: str
    stop: frozenset[str]
    soft: frozenset[str]
    suffixes: tuple[Suffix, ...]
    endings: Mapping[str, Sequence[Suffix]]
    intents: tuple[Mapping[str, Any], ...]
    synonyms: tuple[Sequence[str], ...]
    unlisted: tuple[str, ...]

    def stem(self, word: str) -> str:
        """Return a word without the ending of a plural or another form."""
        for ending, replacement, least in self.endings.get(word[-1:], ()):
            if word.endswith(ending) and len(word) - len(ending) >= least:
                return word[: len(word) - len(ending)] + replacement
        return word

    def begun(self, word: str) -> set[str]:
        """Return the stems of the forms that an unfinished word could become: `plan` for `planni`."""
        cuts = ((word[:-length], ending) for ending, *_ in self.suffixes for length in range(1, len(ending)))
        forms = (start + ending for start, ending in cuts if f"{start}{ending}".startswith(word))
        return {self.stem(form) for form in forms} - {self.stem(word)}

    def forms(self, words: Sequence[str], stems: Sequence[str]) -> list[str]:
        """Return the stems of words, but the words themselves if they say nothing of the subject."""
        return [word if word in self.stop else stem for word, stem in zip(words, stems, strict=True)]


@lru_cache
def read_speech(language: str) -> Speech:
    """Return what the search knows of a language; of English if it knows nothing of the language."""
    code = language if (_FOLDER / f"{language}.json").is_file() else ENGLISH
    value = json.loads((_FOLDER / f"{code}.json").read_text("utf-8"))
    synonyms = json.loads((_FOLDER / f"{code}.synonyms.json").read_text("utf-8"))
    suffixes = tuple((ending, replacement, least) for ending, replacement, least in value["suffixes"])
    endings: dict[str, list[Suffix]] = defaultdict(list)
    for suffix in suffixes:
        endings[suffix[0][-1]].append(suffix)
    stop, soft = (frozenset(value[name]) for name in ("stop", "soft"))
    speech = Speech(code, stop, soft, suffixes, endings, (), tuple(synonyms), tuple(value["unlisted"]))
    intents = (
        {**intent, "phrases": [_form(each, speech) for each in intent["phrases"]]}
        for intent in value["intents"]
    )
    return speech._replace(intents=tuple(intents))


def _form(phrase: str, speech: Speech) -> str:
    """Return the words of a phrase in the form that questions have when they are compared with it."""
    words = phrase.split(" ")
    return " ".join(speech.forms(words, list(map(speech.stem, words))))


def chunks(text: str) -> list[str]:
    """Return the words of a text without accents, as written: those joined by signs are one."""
    bare = _APOSTROPHES.sub("", text)
    if not bare.isascii():
        bare = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", bare)))
    return _CHUNK.findall(bare)


def parts(chunk: str) -> list[str]:
    """Return the words that signs or capitals join, in lower case: `Launch-Day` is `launch`, `day`."""
    pieces = (piece for part in _PART.split(chunk) for piece in _CAMEL.split(part))
    return [piece.lower().replace("ß", "ss")[:_LONGEST] for piece in pieces]


def split(text: str) -> list[str]:
    """Return the words of a text in lower case, without accents."""
    return [part for chunk in chunks(text) for part in parts(chunk)]


class Stems:
    """Reads the stems of many texts. Most of their words repeat, so it remembers them.

    Args:
        speech: The language.
    """

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self._known: dict[str, tuple[str, ...]] = {}

    def of(self, texts: Iterable[str]) -> list[str]:
        """Return the stems of the words that say something, and of two that a sign or capital joins."""
        known = self._known
        stems: list[str] = []
        for text in texts:
            for chunk in chunks(text):
                found = known.get(chunk)
                if found is None:
                    found = known[chunk] = tuple(self._read(chunk))
                stems += found
        return stems

    def _read(self, chunk: str) -> Iterator[str]:
        words = parts(chunk)
        if len(words) == _TWO:
            yield self._speech.stem("".join(words))
        yield from (self._speech.stem(word) for word in words if word not in self._speech.stop)


def readable(markdown: str) -> str:
    """Return the first paragraph of a Markdown text as plain text."""
    first = markdown.strip().partition("\n\n")[0]
    return _EMPHASIS.sub("", _LINK.sub(r"\1", first))


def plain(markdown: str) -> str:
    """Return the words of a Markdown text, without attributes, tags and addresses."""
    return _MARKUP.sub(" ", markdown)
