"""Document: missing or invalid front matter."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.lint.draft import Draft
from handbook.lint.fields import declared
from handbook.lint.rules.examples import DOCUMENT, FRONT_MATTER, GOOD, bad


@rule(
    "HB503",
    "no-front-matter",
    reason=(
        "The front matter states the type, the status and the owner of the document. Lists of documents are "
        "built from it."
    ),
    bad=bad(DOCUMENT.removeprefix(FRONT_MATTER).replace("\n#", "«#»", 1)),
    good=GOOD,
)
def _check(draft: Draft) -> Iterator[Problem]:
    flaw = draft.manuscript.front_matter.flaw
    is_needed = draft.template is None or any(
        field.get("required") for field in declared(draft.template.data).values()
    )
    if flaw and is_needed:
        yield draft.problem(flaw.span, flaw.message, flaw.hint)
