"""The language of the pages: translations of our own strings, and the company's words for its terms.

Whatever renders a handbook for readers does so in `with speaking(language)`. Code that writes a string for
readers calls `_`, `ngettext` or `pgettext`, and `make words` collects these strings in one catalogue. Outside
of `speaking`, such as in messages of the command line, all strings are English as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Protocol

from handbook.base.named_tuples import NamedTuple
from handbook.base.regex import regex
from handbook.base.spelling import JOBS, TERMS, contract, spell, spell_phrases

ENGLISH = "en"
_PLACE = regex(r"%(?:\((?P<name>\w+)\)s|%)")
_SEPARATOR = "\x04"
"""What separates the context of a message from its text in a catalogue."""
CHOICE = "choice"
"""The context of the choices of schemas, as words."""
_OUR_TERM = regex(rf"\b(?:{'|'.join(TERMS)})s?\b", re.IGNORECASE)
_TERM = regex(r"\\?\$(?P<name>[A-Za-z]+(?:-[A-Za-z]+)*)")


class Translations(Protocol):
    """A catalogue of translated strings, such as those of the standard library."""

    def gettext(self, message: str) -> str:
        """Return the translation of a string, or the string."""

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Return the translation for a number, or one of the two strings."""


_LEAST_GROUPED = 1000


class Symbols(NamedTuple):
    """The signs in numbers.

    Attributes:
        decimal: Before the decimal places.
        group: Between thousands.
        percent: A percentage, with `#` for the number.
    """

    decimal: str = "."
    group: str = ","
    percent: str = "#%"


class Language(NamedTuple):
    """A language for readers.

    Attributes:
        code: Its code, such as `de`.
        translations: The translated strings; `None` for English.
        symbols: The signs in numbers.
        spellings: The words to show for the marked terms and jobs, such as `squads` and `Squads`.
    """

    code: str = ENGLISH
    translations: Translations | None = None
    symbols: Symbols = Symbols()
    spellings: Mapping[str, str] = MappingProxyType({**spell(TERMS), **spell_phrases(JOBS)})

    @property
    def is_english(self) -> bool:
        """Return whether dates and numbers are written as in English."""
        return self.translations is None

    def with_words(self, text: str, show: Callable[[str], str] = str, look_in: str | None = None) -> str:
        r"""Return a text with every marked term as its word: `$squads` becomes "pods", `$Squads` "Pods".

        `\$squads` stays, without the backslash, and so does whatever else starts with a dollar sign.

        Args:
            text: The text.
            show: Converts a word for the text, such as into HTML.
            look_in: The same text with blanks where terms stay.
        """
        if "$" not in text:
            return text
        parts: list[str] = []
        done = 0
        for marked in _TERM.finditer(text if look_in is None else look_in):
            parts += contract(text[done : marked.start()], self._word(marked, show))
            done = marked.end()
        return "".join([*parts, text[done:]])

    def _word(self, marked: re.Match[str], show: Callable[[str], str]) -> str:
        word = self.spellings.get(marked["name"])
        if word is None:
            return marked[0]
        return marked[0][1:] if marked[0].startswith("\\") else show(word)


_current: ContextVar[Language] = ContextVar("language")
_DEFAULT = Language()


def current() -> Language:
    """Return the language of what is being written."""
    return _current.get(_DEFAULT)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Write everything in a language until the end of the `with` block."""
    token = _current.set(language)
    try:
        yield
    finally:
        _current.reset(token)


def _(message: str, /, **variables: Any) -> str:
    """Return a string for readers in the current language.

    Args:
        message: The string in English, with places such as `%(day)s`.
        variables: The values for the places.
    """
    return _filled(translate(message), variables)


def ngettext(singular: str, plural: str, number: float, /, **variables: Any) -> str:
    """Return a string for readers that depends on a number.

    Args:
        singular: The string in English for one, with places such as `%(num)s`.
        plural: The string for any other number.
        number: The number.
        variables: The values for the places, in addition to `num`.
    """
    return _filled(translate_plural(singular, plural, number), {"num": grouped(number), **variables})


def grouped(number: object) -> object:
    """Return a whole number with its separators, such as "3,000". Any other value stays as it is."""
    is_large = isinstance(number, int) and number >= _LEAST_GROUPED
    return f"{number:,}".replace(",", current().symbols.group) if is_large else number


def pgettext(context: str, message: str, /, **variables: Any) -> str:
    """Return a string for readers that means something else in another context.

    Args:
        context: The context, such as `choice`.
        message: The string in English.
        variables: The values for the places.
    """
    return _filled(translate(message, context), variables)


def translate(message: str, context: str = "") -> str:
    """Return the translation of a string, with marked terms and places as they are."""
    translations = current().translations
    if translations is None:
        return message
    if not context:
        return translations.gettext(message)
    key = f"{context}{_SEPARATOR}{message}"
    translated = translations.gettext(key)
    return message if translated == key else translated


def translate_plural(singular: str, plural: str, number: float) -> str:
    """Return the translation of a string for a number, with marked terms and places as they are."""
    translations = current().translations
    if translations is None:
        return singular if number == 1 else plural
    # A catalogue knows whole numbers only: 1.5 is several.
    return translations.ngettext(singular, plural, number if isinstance(number, int) else 1 + (number != 1))


def choice(words: str) -> str:
    """Return the words of an ID, such as "Some squads" for `some-squads`, as readers see them.

    A company's own choices stay as they are, except for the words of terms.
    """
    return pgettext(CHOICE, mark_terms(words))


def choice_in_sentence(value: str) -> str:
    """Return a choice of a schema, an adjective such as `high`, as readers see it within a sentence."""
    if current().is_english:
        return value
    words = choice(value[:1].upper() + value[1:])
    return words[:1].lower() + words[1:]


def within(title: str) -> str:
    """Return a title, such as "Tools", within a sentence. English alone writes its nouns small there."""
    return title.lower() if current().is_english else title


@lru_cache(maxsize=4096)
def mark_terms(words: str) -> str:
    """Return the words of an ID with the terms marked that our strings mark: "Some $squads"."""
    return _OUR_TERM.sub(r"$\g<0>", words)


def N_(message: str) -> str:  # noqa: N802 - the usual name
    """Mark a constant for the catalogue. Whatever shows the constant calls `_`."""
    return message


def NC_(context: str, message: str) -> str:  # noqa: N802, ARG001 - as above
    """Mark a constant for the catalogue that means something else in another context."""
    return message


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return a translated string with its places filled."""
    return _PLACE.sub(lambda place: values[place["name"]] if place["name"] else "%", text)


def _filled(text: str, variables: Mapping[str, Any]) -> str:
    worded = current().with_words(text)
    return fill(worded, {name: str(value) for name, value in variables.items()}) if variables else worded
