"""Document: not UTF-8."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.lint.draft import Draft
from handbook.lint.rules.examples import DOCUMENT, bad
from handbook.read.yaml.faults import FaultKind


@rule(
    "HB502",
    "document-encoding",
    reason=(
        "In another encoding, letters with accents turn into other characters, and programs can't guess the "
        "encoding reliably."
    ),
    bad=bad(DOCUMENT.replace("# Saved filters", "# Filters «\udce0» la carte")),
    good=bad(DOCUMENT.replace("# Saved filters", "# Filters à la carte")),
)
def _check(draft: Draft) -> Iterator[Problem]:
    for fault in draft.file.faults:
        if fault.kind is FaultKind.ENCODING:
            yield draft.problem(draft.file.fault_span(fault), fault.message, fault.hint)
