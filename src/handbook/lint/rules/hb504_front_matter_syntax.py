"""Document: front matter is not valid YAML."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.lint.draft import Draft
from handbook.lint.rules.examples import DOCUMENT, bad


@rule(
    "HB504",
    "front-matter-syntax",
    reason=(
        "Programs read the front matter. After one wrong character, they read something else or nothing at "
        "all."
    ),
    bad=bad(DOCUMENT.replace("Reporting", "Reporting«:» filters")),
    good=bad(DOCUMENT.replace("Reporting", "'Reporting: filters'")),
)
def _check(draft: Draft) -> Iterator[Problem]:
    front_matter = draft.front_matter
    for fault in front_matter.faults:
        yield draft.problem(front_matter.document.fault_span(fault), fault.message, fault.hint)
