"""Content: a page without an owner or a review date, if others have them."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.read.context import Context

_TEAM = "teams:\n  - id: product\n    name: Product\n    summary: Decides what is built.\n"
_SIGNED = "---\nowner: product\nreview: {last: '2020-01-10', next: '9999-01-10'}\n---\n\n# Home\n"


@rule(
    "HB324",
    "page-without-owner",
    Severity.WARNING,
    reason=(
        "Readers trust a page when they see its owner and its last review date. If one page of a handbook "
        "shows them, the others should too."
    ),
    bad={"sources/teams.yaml": _TEAM, "docs/index.md": _SIGNED, "docs/tools.md": "«# How we choose tools»\n"},
    good={
        "sources/teams.yaml": _TEAM,
        "docs/index.md": _SIGNED,
        "docs/tools.md": _SIGNED.replace("Home", "How we choose tools"),
    },
)
def _check(context: Context) -> Iterator[Problem]:
    signed = {imprint.source.path: imprint.value for imprint in context.imprints}
    fields = context.page_kind.shape.properties if context.page_kind else ()
    expected = [name for name in ("owner", "review") if name in fields]
    for page in context.pages if signed else ():
        if page.path in context.unclear_pages:
            continue
        missing = [f"`{name}`" for name in expected if not signed.get(page.shown_path, {}).get(name)]
        if missing:
            first = page.text.partition("\n")[0]
            yield Problem(
                page.shown_path,
                Span(1, 1, 1, max(len(first), 1) + 1),
                f"Missing {' and '.join(missing)} in the front matter of the page",
                "Add them to the page's front matter"
                if len(missing) > 1
                else "Add it to the page's front matter",
            )
