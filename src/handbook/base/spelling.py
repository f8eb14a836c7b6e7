"""The words and names that readers see for the terms and jobs that texts mark: `$squad`, `$tracker`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from handbook.base.named_tuples import NamedTuple
from handbook.base.regex import regex


class Word(NamedTuple):
    """The word for a term.

    Attributes:
        one: The singular.
        many: The plural; empty if the term has none.
    """

    one: str
    many: str = ""


TERMS: Mapping[str, Word] = MappingProxyType({"squad": Word("squad", "squads")})
"""The terms that our strings mark, with their usual words."""
JOBS: Mapping[str, str] = MappingProxyType(
    {
        "analytics": "the analytics tool",
        "chat": "the chat",
        "documents": "the document space",
        "feedback": "the feedback tool",
        "flags": "the flag tool",
        "roadmap": "the roadmap tool",
        "tracker": "the tracker",
    }
)
"""The jobs that texts mark instead of a tool, with what readers see if no tool does the job."""
OTHER_JOB = "the %(job)s tool"
"""The same for a job of the company."""

_CONTRACTIONS: Mapping[str, str] = MappingProxyType(
    {"an dem": "am", "bei dem": "beim", "in dem": "im", "von dem": "vom", "zu dem": "zum", "zu der": "zur"}
)
_ARTICLES = frozenset({"dem", "der"})
_PREPOSITION = regex(r"\b(an|bei|in|von|zu)(\s)\Z", re.IGNORECASE)
_LONGEST = 5
"""The characters of the longest preposition, with the ones around it."""


def spell(words: Mapping[str, Word]) -> dict[str, str]:
    """Return the words for marked terms: `$name` is the singular, `$names` the plural.

    `$Name` and `$Names` start a sentence.
    """
    spelled = {
        name + ending: word
        for name, pair in words.items()
        for ending, word in zip(("", "s"), pair, strict=True)
        if word
    }
    return {**spelled, **{_capital(name): _starting(word) for name, word in spelled.items()}}


def spell_names(names: Mapping[str, str]) -> dict[str, str]:
    """Return the names for marked jobs, which are the same at the start of a sentence."""
    return {**names, **{_capital(job): name for job, name in names.items()}}


def spell_phrases(phrases: Mapping[str, str]) -> dict[str, str]:
    """Return the phrases for marked jobs."""
    return spell({job: Word(phrase) for job, phrase in phrases.items()})


def contract(before: str, phrase: str) -> tuple[str, str]:
    """Return a text and the phrase after it, its German article contracted: `in dem Chat` is `im Chat`."""
    article, _, noun = phrase.partition(" ")
    match = _PREPOSITION.search(before[-_LONGEST:]) if article in _ARTICLES else None
    short = _CONTRACTIONS.get(f"{match[1].lower()} {article}") if match else None
    if match is None or short is None:
        return before, phrase
    cut = before[: len(before) - len(match[0])]
    return f"{cut}{match[1][0]}{short[1:]}{match[2]}", noun


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _starting(word: str) -> str:
    """Return a word at the start of a sentence. A name with a capital elsewhere, such as "iPhone", stays."""
    first = word.partition(" ")[0]
    return _capital(word) if first == first.lower() else word
