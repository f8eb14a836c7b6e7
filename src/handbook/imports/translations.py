"""Say what words of the handbook are in the languages that its pages can have."""

from __future__ import annotations

from functools import lru_cache

from handbook.base.language import ENGLISH, Language, choice, speaking, translate
from handbook.base.text import spelled
from handbook.read.languages import language_codes, read_strings


@lru_cache(maxsize=512)
def translations_of(title: str) -> tuple[str, ...]:
    """Return a title in the languages that our catalogues have it in."""
    return tuple(
        found for language in _languages() for found in [_translated(language, title)] if found != title
    )


@lru_cache(maxsize=512)
def choice_titles(value: str) -> tuple[str, ...]:
    """Return what pages show for a choice, in each language."""
    found = []
    for language in _languages():
        with speaking(language):
            found.append(choice(spelled(value)))
    return tuple(found)


def _translated(language: Language, title: str) -> str:
    with speaking(language):
        return translate(title)


@lru_cache(maxsize=1)
def _languages() -> tuple[Language, ...]:
    return tuple(Language(code, read_strings(code).all) for code in language_codes() if code != ENGLISH)
