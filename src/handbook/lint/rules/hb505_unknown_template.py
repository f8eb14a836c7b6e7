"""Document: missing or unknown template."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.base.words import Names, shown, suggestion
from handbook.lint.draft import KIND, Draft
from handbook.lint.fields import TEMPLATE, is_empty
from handbook.lint.rules.examples import DOCUMENT, GOOD, bad
from handbook.read.schemas.problems import meant_by


@rule(
    "HB505",
    "unknown-template",
    reason=(
        "The front matter or a line at the top names the template of the document. Without it, missing parts "
        "can't be found."
    ),
    bad=bad(DOCUMENT.replace("template: brief", "template: «breif»")),
    good=GOOD,
)
def _check(draft: Draft) -> Iterator[Problem]:
    fields = draft.front_matter.fields
    if fields is None:
        if draft.front_matter.is_missing and not draft.requested:
            name = draft.likely or "ID"
            hint = f"Pass `--template {name}`, or add the line `Template: {name}` below the title"
            yield draft.problem(Span(), "Missing template", hint)
        return
    pointer = (TEMPLATE,)
    document = draft.front_matter.document
    stated = fields.get(TEMPLATE)
    templates = draft.catalogue.entries(KIND)
    if is_empty(stated):
        if not draft.requested:
            hint = "Add `template:` with the ID of the template, or pass it as `--template`"
            if draft.likely:
                hint = f"Add `template: {draft.likely}`, or pass `--template {draft.likely}`"
            yield draft.problem(document.start_span(()), "Missing field `template`", hint)
    elif draft.stated is None:
        hint = suggestion(str(stated), templates)
        fix = draft.respelling(pointer, meant_by(Names(templates), str(stated)))
        yield draft.problem(document.value_span(pointer), f"Unknown template {shown(stated)}", hint, fix=fix)
    elif draft.template is None:
        yield draft.problem(
            document.value_span(pointer),
            f"Template is {shown(stated)}, not `{draft.requested}`",
            f"Use `--template {draft.stated.id}`, or change this line",
        )
