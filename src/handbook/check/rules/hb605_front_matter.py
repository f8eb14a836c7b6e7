"""Trust: front matter that site engines don't recognise or read differently."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.read.context import Context


@rule(
    "HB605",
    "front-matter",
    reason=(
        "Site engines read the front matter of a page only between two lines of three dashes, the first of "
        "which must be the first line of the file. Anything else is shown as text or lost, and `audience: "
        "restricted` would hide the page from no one. A page with unclear front matter is not published."
    ),
    bad={"docs/index.md": "\n---\n«title»: Home\n---\n\n# Home\n"},
    good={"docs/index.md": "---\ntitle: Home\n---\n\n# Home\n"},
    is_local=True,
)
def _check(context: Context) -> Iterator[Problem]:
    for page in context.pages:
        if page.flaw:
            yield Problem(page.shown_path, page.file.fault_span(page.flaw), page.flaw.message, page.flaw.hint)
