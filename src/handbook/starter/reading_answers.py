"""Read the answers of a company, as someone types them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from handbook.base.language import ENGLISH
from handbook.base.words import count, suggestion
from handbook.check.theme_languages import theme_languages
from handbook.read.files import find_site
from handbook.read.languages import nearest_language
from handbook.read.schemas.validation import is_time_zone
from handbook.starter.answers import PILLARS, STAGES, AnswerError
from handbook.starter.home import home
from handbook.starter.inventory import choose

_SEPARATOR = re.compile(r"[,;]")
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LONGEST = 80
_LANGUAGES = MappingProxyType({"english": "en", "englisch": "en", "german": "de", "deutsch": "de"})
"""The languages that a handbook can be in, by their names in each other."""


def read_company(written: str) -> str:
    """Return the name of a company."""
    name = " ".join(written.split())
    if not name:
        raise AnswerError("The name of the company is missing", "Add `--company NAME`")
    if _HIDDEN.search(name) or len(name) > _LONGEST:
        raise AnswerError(f"Use a name of at most {_LONGEST} characters on one line")
    return name


def read_stage(written: str) -> str:
    """Return a stage."""
    stage = written.strip().casefold().replace("-", "")
    if stage not in STAGES:
        raise AnswerError(f"Unknown stage `{written}`", suggestion(stage, STAGES) or _one_of(STAGES))
    return stage


def read_pillars(written: str) -> Sequence[str]:
    """Return pillars, in their usual order."""
    names = [name.strip().casefold() for name in _SEPARATOR.split(written) if name.strip()]
    for name in names:
        if name not in PILLARS:
            raise AnswerError(f"Unknown pillar `{name}`", suggestion(name, PILLARS) or _one_of(PILLARS))
    if not names:
        raise AnswerError("A handbook needs a pillar", _one_of(PILLARS))
    return [name for name in PILLARS if name in names]


def read_tools(written: str) -> Sequence[str]:
    """Return the tools that a company names."""
    named, errors = sort_tools(written)
    if errors:
        raise errors[0]
    return named


def sort_tools(written: str, known: Sequence[str] = ()) -> tuple[Sequence[str], Sequence[AnswerError]]:
    """Return the tools that a company names, and what is wrong with those that no one can know.

    Args:
        written: The names.
        known: What it has named before.
    """
    named, errors = list(known), []
    for name in filter(None, map(str.strip, _SEPARATOR.split(written))):
        try:
            choose([*named, name])
        except AnswerError as error:
            errors.append(error)
        else:
            named += [] if name in named else [name]
    return named, errors


def read_language(written: str) -> str:
    """Return the code of a language; its name will do, too, if our texts are in it."""
    first, *others = written.strip().replace("_", "-").split("-")
    code = "-".join((_LANGUAGES.get(first.casefold(), first.lower()), *others))
    if not _CODE.fullmatch(code):
        raise AnswerError(f"`{written}` is no code of a language", "Use one such as `en` or `de`")
    known = {each.casefold(): each for each in theme_languages(find_site(home()))}
    found = known.get(code.casefold()) or known.get(code.casefold().partition("-")[0])
    if known and not found:
        raise AnswerError(f"The theme has no language `{written}`", "Use one such as `en` or `de`")
    return found or code


def read_zone(written: str) -> str:
    """Return a time zone; empty for none."""
    zone = written.strip()
    if zone and not is_time_zone(zone):
        raise AnswerError(f"Unknown time zone `{written}`", "Use one such as `Europe/Berlin`")
    return zone


def language_note(code: str, untranslated: int) -> str:
    """Return what to know about the language of a new handbook; empty if all of it is in that language.

    Args:
        code: The code of the language.
        untranslated: The number of texts without a translation.
    """
    if nearest_language(code) == ENGLISH:
        return ""
    if nearest_language(code) is None:
        return f"Labels are not translated to `{code}` yet: they are in English, like all texts"
    texts = count(untranslated, "text")
    return f"Not translated to `{code}` yet, and in English: {texts} of the handbook" if untranslated else ""


def _one_of(names: Mapping[str, str]) -> str:
    return f"Use {', '.join(names)}"
