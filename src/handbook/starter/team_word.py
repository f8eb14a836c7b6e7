"""The company's word for a team, and texts that agree with its gender.

A German text has a form for each gender where they differ: `«das|die|der» $squad`, and marks the dative of
the plural: `zwischen «$squads»`. A new handbook gets what its word needs, so that its texts are plain German.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from handbook.base.spelling import TERMS
from handbook.read.languages import nearest_language
from handbook.starter.answers import AnswerError, TeamWord

_WITH_GENDERS = "de"
_ARTICLES = ("das", "die", "der")
"""The articles, by gender."""
_WORD = re.compile(r"\w[\w -]{0,29}")
_FORMS = re.compile(r"«([^«»|]*)\|([^«»|]*)\|([^«»|]*)»")
_MANY = "$squads"
_DATIVE = f"«{_MANY}»"
_HISSING = ("s", "ß", "x", "z", "sch")
"""The ends of nouns whose genitive ends in -es."""
_KNOWN: Mapping[str, str] = MappingProxyType(
    {
        "squad": "das Squad/Squads",
        "team": "das Team/Teams",
        "pod": "der Pod/Pods",
        "tribe": "der Tribe/Tribes",
        "crew": "die Crew/Crews",
        "gruppe": "die Gruppe/Gruppen",
        "einheit": "die Einheit/Einheiten",
    }
)
"""Usual words in German."""


def usual_word(language: str) -> str:
    """Return the usual word, as someone would type it.

    Args:
        language: The code of the language of the site.
    """
    return _KNOWN["squad"] if nearest_language(language) == _WITH_GENDERS else TERMS["squad"].one


def read_word(written: str, language: str) -> TeamWord:
    """Return the word for a team; its plural follows a slash.

    In English, a plural that only ends in an s can be left out. German words have a gender, so their article
    comes first, and their plural can't be guessed.

    Args:
        written: The word.
        language: The code of the language of the site.
    """
    gender, text = 0, written.strip()
    has_gender = nearest_language(language) == _WITH_GENDERS
    if has_gender:
        text = _KNOWN.get(text.casefold(), text)
        article, _, rest = text.partition(" ")
        if article.casefold() not in _ARTICLES or "/" not in rest:
            raise AnswerError(
                f"The article or the plural of `{written}` is missing",
                "Use both, such as `die Gruppe/Gruppen`",
            )
        gender, text = _ARTICLES.index(article.casefold()), rest
    one, _, many = (part.strip() for part in text.partition("/"))
    many = many or f"{one}s"
    if not (_WORD.fullmatch(one) and _WORD.fullmatch(many)):
        example = "`die Gruppe/Gruppen`" if has_gender else "`pod`, or `crew/crews`"
        raise AnswerError(f"`{written}` is no word for a team", f"Use one such as {example}")
    return TeamWord(one, many, gender)


def in_gender(text: str, word: TeamWord) -> str:
    """Return a text with the forms for a word.

    Args:
        text: The text, with a form for each gender where they differ.
        word: The word for a team.
    """

    def form(found: re.Match[str]) -> str:
        chosen: str = found[word.gender + 1]
        # In a form, `$squads` is the genitive: "des Teams". Where the plural differs, no mark has it.
        return chosen if word.many == _genitive(word.one) else chosen.replace(_MANY, _genitive(word.one))

    dative = word.many if word.many.endswith(("n", "s")) else f"{word.many}n"
    return _FORMS.sub(form, text.replace(_DATIVE, _MANY if dative == word.many else dative))


def _genitive(word: str) -> str:
    """Return the genitive of a German noun that is neuter or masculine."""
    return f"{word}{'es' if word.casefold().endswith(_HISSING) else 's'}"
