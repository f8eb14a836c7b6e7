"""The languages that come with the engine, and the company's words for terms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from handbook.base.language import ENGLISH, TERMS, Language, Symbols, Translations, Word, spell

_CATALOGUES = Path(__file__).parents[1] / "locale"


def language_codes() -> list[str]:
    """Return the codes of the languages that our strings are translated to, and of English."""
    return sorted([ENGLISH, *(path.stem for path in _CATALOGUES.glob("*.po"))])


def make_language(code: str, words: Mapping[str, Word]) -> Language:
    """Return a language for readers; English if our strings are not translated to it.

    Args:
        code: The code of the language, such as `de`.
        words: The company's words for terms.
    """
    code = nearest_language(code) or ENGLISH
    spoken = Language() if code == ENGLISH else Language(code, read_translations(code), _symbols(code))
    usual = {} if spoken.translations is None else _translated_terms(spoken.translations)
    return spoken._replace(spellings=spell({**TERMS, **usual, **words}))


def nearest_language(code: str) -> str | None:
    """Return the language with our strings for a code of the theme: `de` for `de-AT`, or `None`."""
    main = code.replace("_", "-").partition("-")[0].lower()
    return main if main in language_codes() else None


@lru_cache(maxsize=4)
def read_translations(code: str) -> Translations:
    """Return the translated strings of a language."""
    # Reading the catalogue takes a tenth of a second, and no one who writes English needs it.
    from gettext import GNUTranslations  # noqa: PLC0415

    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    compiled = BytesIO()
    with (_CATALOGUES / f"{code}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    return GNUTranslations(compiled)


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
