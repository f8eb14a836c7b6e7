"""Document: missing or invalid front matter."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.lint.draft import Draft
from handbook.lint.fields import declared
from handbook.lint.rules.examples import DOCUMENT, GOOD, bad


@rule(
    "HB503",
    "no-front-matter",
    reason=(
        "The front matter states the type, the status and the owner of the document. Lists of documents are "
        "built from it. Properties as lines or a table at the top count, too, as Notion, Confluence and Word "
        "have them."
    ),
    bad=bad(DOCUMENT.replace("---", "«---»", 1).replace("12-02\n---", "12-02")),
    good=GOOD,
)
def _check(draft: Draft) -> Iterator[Problem]:
    flaw = draft.front_matter.flaw
    fields = declared(draft.template.data) if draft.template else {}
    required = [field for field in fields.values() if field.get("required")]
    if flaw and draft.front_matter.is_missing:
        # Without a template, that is what is missing.
        if required:
            line = f"`{required[0].get('name', '')}: …`"
            hint = f"Add the front matter of the template at the top of the file, or lines such as {line}"
            if draft.is_copy:
                hint = f"Add lines such as {line} below the title, or a table"
            yield draft.problem(flaw.span, "Missing properties" if draft.is_copy else flaw.message, hint)
    elif flaw and (required or draft.template is None):
        yield draft.problem(flaw.span, flaw.message, flaw.hint)
