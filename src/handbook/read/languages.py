"""The languages that come with the engine, and the company's words for terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from handbook.base.language import ENGLISH, Language, Symbols, Translations, fill
from handbook.base.memory import key_of, memory
from handbook.base.named_tuples import NamedTuple
from handbook.base.spelling import JOBS, OTHER_JOB, TERMS, Word, spell, spell_names, spell_phrases

if TYPE_CHECKING:
    from babel import Locale

SCRIPTS = "src/handbook/publish/browser"
"""The place that a catalogue names for the strings in scripts."""
_CATALOGUES = Path(__file__).parents[1] / "locale"


def language_codes() -> list[str]:
    """Return the codes of the languages that our strings are translated to, and of English."""
    return sorted([ENGLISH, *(path.stem for path in _CATALOGUES.glob("*.po"))])


def make_language(
    code: str, words: Mapping[str, Word], tools: Mapping[str, str | None] = MappingProxyType({})
) -> Language:
    """Return a language for readers; English if our strings are not translated to it.

    Args:
        code: The code of the language, such as `de`.
        words: The company's words for terms, and for jobs without a tool.
        tools: The names of the tools that do the company's jobs; `None` if readers can't see the tool.
    """
    code = nearest_language(code) or ENGLISH
    strings = None if code == ENGLISH else read_strings(code)
    spoken = Language(code, strings.all, strings.symbols) if strings else Language()
    usual = {} if spoken.translations is None else _translated_terms(spoken.translations)
    spelled = {
        **spell({**TERMS, **usual}),
        **spell_phrases(_phrases(tools, spoken.translations)),
        **spell(words),
    }
    terms = spoken._replace(spellings=spelled)
    # The name of a tool can mark a term, too.
    names = {job: terms.with_words(name) for job, name in tools.items() if name}
    return spoken._replace(spellings=MappingProxyType({**spelled, **spell_names(names)}))


def _phrases(jobs: Iterable[str], translations: Translations | None) -> dict[str, str]:
    """Return what readers see for each job that no tool does."""
    phrases = {**dict.fromkeys(jobs, OTHER_JOB), **JOBS}
    translate = translations.gettext if translations else str
    return {job: fill(translate(phrase), {"job": job.replace("-", " ")}) for job, phrase in phrases.items()}


def nearest_language(code: str) -> str | None:
    """Return the language with our strings for a code of the theme: `de` for `de-AT`, or `None`."""
    main = code.replace("_", "-").partition("-")[0].lower()
    return main if main in language_codes() else None


def has_decimal_comma(code: str) -> bool:
    """Return whether a comma comes before decimals in a language of the theme; unknown ones are English."""
    nearest = nearest_language(code) or ENGLISH
    return nearest != ENGLISH and read_strings(nearest).symbols.decimal == ","


class Strings(NamedTuple):
    """What is written in a language in its own way.

    Attributes:
        all: The translated strings.
        scripts: Those in scripts of the pages: the translation, or that of each plural by its category.
        symbols: The signs in numbers.
    """

    all: Translations
    scripts: Mapping[str, str | Mapping[str, str]]
    symbols: Symbols


@lru_cache(maxsize=4)
def read_strings(code: str) -> Strings:
    """Return the translated strings of a language, and its signs in numbers."""
    from gettext import GNUTranslations  # noqa: PLC0415 - no one who writes English needs it

    text = (_CATALOGUES / f"{code}.po").read_bytes()
    kept = memory()
    key = key_of("strings", code, text) if kept else ""
    found = kept.recall(key) if kept else None
    if found is None:
        found = _compile(code, text)
        if kept:
            kept.keep(key, found, is_of_engine=True)
    compiled, scripts, symbols = found
    return Strings(GNUTranslations(BytesIO(compiled)), scripts, Symbols(*symbols))


def _compile(code: str, text: bytes) -> tuple[bytes, dict[str, str | dict[str, str]], tuple[str, ...]]:
    """Return the compiled catalogue of a language, and the other parts of its strings as plain values."""
    # Importing them and reading the catalogue take a tenth of a second.
    from gettext import GNUTranslations  # noqa: PLC0415

    from babel import Locale  # noqa: PLC0415
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    locale = Locale.parse(code)
    catalogue = read_po(BytesIO(text), locale=code)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    in_scripts = [
        message.id for message in catalogue if any(path == SCRIPTS for path, _line in message.locations)
    ]
    scripts = dict(_of_scripts(in_scripts, GNUTranslations(compiled), locale))
    return compiled.getvalue(), scripts, tuple(_symbols(locale))


def _of_scripts(
    messages: Iterable[str | Sequence[str]], translations: Translations, locale: Locale
) -> Iterator[tuple[str, str | dict[str, str]]]:
    for message in messages:
        if isinstance(message, str):
            yield message, translations.gettext(message)
        else:
            # These numbers have every category of a plural that whole numbers can have.
            forms = {locale.plural_form(number): number for number in reversed(range(200))}
            plurals = {
                form: translations.ngettext(message[0], message[1], number) for form, number in forms.items()
            }
            yield message[0], plurals


def _symbols(locale: Locale) -> Symbols:
    signs = locale.number_symbols["latn"]
    percent = locale.percent_formats[None].pattern
    return Symbols(signs["decimal"], signs["group"], re.sub("[#,0.]+", "#", percent))


def _translated_terms(translations: Translations) -> dict[str, Word]:
    one_and_many = {
        name: [translations.ngettext(*word, number) for number in (1, 2)] for name, word in TERMS.items()
    }
    return {name: Word(*pair) for name, pair in one_and_many.items()}
