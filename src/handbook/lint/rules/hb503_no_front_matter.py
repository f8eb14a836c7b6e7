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
        "built from it. Properties as lines or a table at the top count, too, as Notion, Confluence and Word "
        "have them."
    ),
    bad=bad(DOCUMENT.removeprefix(FRONT_MATTER).replace("\n#", "«#»", 1)),
    good=GOOD,
)
def _check(draft: Draft) -> Iterator[Problem]:
    flaw = draft.front_matter.flaw
    fields = declared(draft.template.data) if draft.template else {}
    required = [field for field in fields.values() if field.get("required")]
    if flaw and (required or draft.template is None):
        message, hint = flaw.message, flaw.hint
        if draft.is_copy:
            example = f", such as `{required[0].get('name', '')}: …`" if required else ""
            message, hint = "Missing properties", f"Add them as lines below the title{example}"
        if draft.template is None and draft.front_matter.is_missing:
            hint += f". To check its sections, pass `--template {draft.likely or 'ID'}`"
        yield draft.problem(flaw.span, message, hint)
