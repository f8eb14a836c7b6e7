"""Document: a required section is missing."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.base.words import one_of
from handbook.lint.draft import Draft
from handbook.lint.manuscript import Heading
from handbook.lint.matching import Section
from handbook.lint.outline import Outline
from handbook.lint.rules.examples import DOCUMENT, GOOD, PROBLEM, bad


@rule(
    "HB510",
    "missing-section",
    reason="Reviewers expect the same sections in the same places. A missing section is an open question.",
    bad=bad(
        DOCUMENT.replace("# Saved", "# «Saved").replace("filters\n", "filters»\n", 1).replace(PROBLEM, "")
    ),
    good=GOOD,
)
def _check(draft: Draft) -> Iterator[Problem]:
    outline = draft.outline
    if outline is None or draft.template is None:
        return
    marks = "#" * outline.level
    if not outline.found and len(outline.missing) > 1:
        message = f"Contains no sections of the template `{draft.template.id}`"
        yield draft.problem(
            _top(outline), message, f"Add the sections, starting with `{marks} {outline.missing[0].name}`"
        )
        return
    # One finding for each gap: several ones would each say the same place.
    gaps: dict[Heading | None, list[Section]] = {}
    for section in outline.missing:
        above = [heading for heading, _, other in outline.found if other.index < section.index]
        gaps.setdefault(above[-1] if above else None, []).append(section)
    for heading, sections in gaps.items():
        place = f"after the section `{heading.name}`" if heading else "before the other sections"
        names = one_of((section.name for section in sections), "and")
        headings = one_of((f"{marks} {section.name}" for section in sections), "and")
        several, order = ("s", " in this order") if len(sections) > 1 else ("", "")
        yield draft.problem(
            heading.span if heading else _top(outline),
            f"Missing section{several} {names}",
            f"Add {headings}{order} {place}",
        )


def _top(outline: Outline) -> Span:
    """Return the first heading, or the first line if there is none."""
    return next((part.heading.span for part in outline.parts if part.heading), Span())
