"""Document: unreadable."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.lint.draft import Draft
from handbook.lint.rules.examples import FILES, GOOD, PATH
from handbook.read.yaml.faults import FaultKind


@rule(
    "HB501",
    "unreadable-document",
    reason=(
        "A document that can't be read is not validated, even if the run has no other findings. The usual "
        "cause is a folder with that name."
    ),
    bad={f"{PATH}/kept": "A folder, not a file.\n", **FILES},
    good=GOOD,
)
def _check(draft: Draft) -> Iterator[Problem]:
    for fault in draft.file.faults:
        if fault.kind is FaultKind.UNREADABLE:
            yield draft.problem(Span(), fault.message, fault.hint)
