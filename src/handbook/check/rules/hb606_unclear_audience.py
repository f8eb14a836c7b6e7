"""Trust: a field or a line that might be meant to set the audience, but doesn't."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.base.words import shown
from handbook.read.audience_fields import audience_lines, lines_without_space, unclear_fields
from handbook.read.audiences import FIELD
from handbook.read.context import Context
from handbook.read.files import read_file

_TEAM = "teams:\n  - id: people\n    name: People\n    summary: Supports everyone who works here.\n"
_PAGE = """---
owner: people
review: {{last: '2020-01-10', next: '9999-01-10'}}
{}: restricted
---

# Salaries
"""


@rule(
    "HB606",
    "unclear-audience",
    reason=(
        "A field with a typing error, a capital letter or a letter of another alphabet is not read, and "
        "neither is a field in the wrong place. A page or an entry that was meant for a few people would be "
        "shown to many, so it is not published until the field is clear. The same applies to the other "
        "fields of a page."
    ),
    bad={"sources/teams.yaml": _TEAM, "docs/salaries.md": _PAGE.format("«Audience»")},
    good={"sources/teams.yaml": _TEAM, "docs/salaries.md": _PAGE.format("audience")},
    is_local=True,
)
def _check(context: Context) -> Iterator[Problem]:
    for problems in context.unclear_lines.values():
        yield from problems
    for path in context.tree.handed_down:
        document = read_file(path)
        for number in audience_lines(document.text):
            message = f"`{FIELD}` has no effect for all pages of a folder"
            hint = f"Add `{FIELD}:` to the front matter of each page, and remove the line here"
            yield Problem(context.site.shown(path), Span(number, 1, number, 2), message, hint)
    for source in context.sources:
        for number in () if source.document.faults else source.document.derive(lines_without_space):
            message = f"The line {shown(source.document.line(number).strip())} doesn't set the audience"
            hint = f"Write `{FIELD}: `, with a space after the colon, below the field above it"
            yield Problem(source.path, Span(number, 1, number, 2), message, hint)
    # Fields that the schema doesn't allow have been reported.
    reported = {id(entry) for entry in context.misfits}
    for entry in context.entries:
        for name in unclear_fields(entry.value, entry.kind.shape) if id(entry) not in reported else ():
            hint = (
                f"Rename it to `{FIELD}`"
                if FIELD in entry.kind.shape.properties
                else f"Remove it, or add `{FIELD}` to the schema of the content type"
            )
            yield entry.problem((name,), f"Unknown field {shown(name)}", hint, "key")
