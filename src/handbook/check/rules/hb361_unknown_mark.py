"""Content: a mark for a term or a job that doesn't exist."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.spelling import JOBS, TERMS, spell, spell_names
from handbook.base.words import nearest
from handbook.check.prose_search import find_in_prose
from handbook.check.rules.examples import TOOL
from handbook.read.context import Context
from handbook.read.settings import Settings

_MARK = r"\$(?<![\w$\\]\$)(?!(?:{})(?![\w-]))[A-Za-z][a-z]+(?:-[a-z]+)*(?![\w=-])"
"""A dollar sign before a word that is none of the known ones. The first line of a file has `$schema=`.

What is before the sign is checked after it: Python finds a fixed start much faster."""
ALIKE = 0.75
"""Anything less like a term can have its dollar sign for another reason."""


@rule(
    "HB361",
    "unknown-mark",
    severity=Severity.WARNING,
    reason=(
        "A marked term or job, such as `$squad` or `$tracker`, becomes a word of the company. With a typo in "
        "it, readers see the dollar sign."
    ),
    bad={"tools_inventory.yaml": TOOL.replace("every squad", "every «$sqaud»")},
    good={"tools_inventory.yaml": TOOL.replace("every squad", "every $squad")},
    is_local=True,
)
def _check(context: Context) -> Iterator[Problem]:
    known = known_marks(context.settings)
    for found in find_in_prose(context, unknown_marks(known), is_word=True):
        name = found.text[1:]
        alike = [each for each in known if each[0].isupper() == name[0].isupper()]
        near = nearest(name, alike, ALIKE)
        if near:
            hint = f"Use `${near}`, or put it in backticks if it is code"
            yield found.problem(f"Unknown mark `{found.text}`", hint)


def known_marks(settings: Settings) -> Collection[str]:
    """Return the names that texts can mark."""
    jobs = dict.fromkeys([*JOBS, *settings.jobs], "tool")
    return {**spell({**TERMS, **settings.words}), **spell_names(jobs)}


def unknown_marks(known: Collection[str]) -> re.Pattern[str]:
    """Return what finds marks with none of the known names."""
    return re.compile(_MARK.format("|".join(known)))
