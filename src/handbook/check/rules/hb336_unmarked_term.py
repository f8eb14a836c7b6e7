"""Content: a term with a word of the company that a text doesn't mark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.spelling import TERMS, Word, spell
from handbook.check.prose_search import find_in_prose
from handbook.check.rules.examples import TOOL
from handbook.read.context import Context

_WORDS = "words: {squad: {one: pod, many: pods}}\n"


@rule(
    "HB336",
    "unmarked-term",
    severity=Severity.WARNING,
    reason=(
        "If you call a squad a pod, readers should never see both words. `words` in `sources/handbook.yaml` "
        "replaces the terms that texts mark, such as `$squad` and `$Squads`. It doesn't change IDs, links, "
        "code, quotations, or anything that isn't marked."
    ),
    bad={
        "sources/handbook.yaml": _WORDS,
        "tools_inventory.yaml": TOOL.replace("every squad", "every «squad»"),
    },
    good={
        "sources/handbook.yaml": _WORDS,
        "tools_inventory.yaml": TOOL.replace("every squad", "every $squad"),
    },
    is_local=True,
)
def _check(context: Context) -> Iterator[Problem]:
    terms = unmarked_terms(context.settings.words)
    for found in find_in_prose(context, terms, with_quotations=True) if terms else ():
        yield found.problem(*_message(found.text))


def unmarked_terms(words: Mapping[str, Word]) -> re.Pattern[str] | None:
    """Return what finds the terms that the company calls something else; nothing if there are none."""
    # A word without a plural is for a job, such as "chat", or can mean anything else.
    changed = {name: word for name, word in words.items() if word.many and TERMS.get(name) != word}
    names = "|".join(re.escape(name.replace("-", " ")) for name in spell(changed) if name.islower())
    return re.compile(rf"(?<![\w$\\-])(?:{names})(?![\w-])", re.IGNORECASE) if names else None


def _message(found: str) -> tuple[str, str]:
    mark = f"${found[0]}{found[1:].lower().replace(' ', '-')}"
    return f"`{found}` is not marked as a term", f"Write `{mark}`, or put it in backticks if it is code"
