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
    spoken = Language() if code == ENGLISH else Language(code, read_strings(code).all, _symbols(code))
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


class Strings(NamedTuple):
    """The translated strings of a language.

    Attributes:
        all: All of them.
        scripts: Those in scripts of the pages: the translation, or that of each plural by its category.
    """

    all: Translations
    scripts: Mapping[str, str | Mapping[str, str]]


@lru_cache(maxsize=4)
def read_strings(code: str) -> Strings:
    """Return the translated strings of a language."""
    # Reading the catalogue takes a tenth of a second, and no one who writes English needs it.
    from gettext import GNUTranslations  # noqa: PLC0415

    from babel import Locale  # noqa: PLC0415
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with (_CATALOGUES / f"{code}.po").open("rb") as file:
        catalogue = read_po(file, locale=code)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    translations = GNUTranslations(compiled)
    in_scripts = [
        message.id for message in catalogue if any(path == SCRIPTS for path, _line in message.locations)
    ]
    return Strings(translations, dict(_of_scripts(in_scripts, translations, Locale.parse(code))))


def _of_scripts(
    messages: Iterable[str | Sequence[str]], translations: Translations, locale: Locale
) -> Iterator[tuple[str, str | Mapping[str, str]]]:
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


def _symbols(code: str) -> Symbols:
    from babel import Locale  # noqa: PLC0415 - as above

    locale = Locale.parse(code)
    signs = locale.number_symbols["latn"]
    percent = locale.percent_formats[None].pattern
    return Symbols(signs["decimal"], signs["group"], re.sub("[#,0.]+", "#", percent))


def _translated_terms(translations: Translations) -> dict[str, Word]:
    one_and_many = {
        name: [translations.ngettext(*word, number) for number in (1, 2)] for name, word in TERMS.items()
    }
    return {name: Word(*pair) for name, pair in one_and_many.items()}
