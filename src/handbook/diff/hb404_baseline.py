"""Change: the baseline lists more findings than before."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import count, one_of
from handbook.check.baseline import BASELINE, known_in
from handbook.diff.rules.examples import FILES
from handbook.diff.trees import TreeChanges
from handbook.read.yaml.document import read_document

_ITEM = '{"path": "docs/index.md", "code": "HB312", "message": "`TODO` is a placeholder", "count": 1}'


@rule(
    "HB404",
    "grown-baseline",
    Severity.WARNING,
    reason=(
        "The baseline, `.handbook-baseline.json`, hides findings that were there before the handbook. A new "
        "line in it hides a new mistake, so an owner of the handbook should know. You cannot switch the rule "
        "off. Checked with `--against`."
    ),
    bad={**FILES, BASELINE: f'{{"version": 1, «"findings"»: [{_ITEM}]}}\n'},
    good={**FILES, "docs/index.md": "# Handbook\n"},
)
def grown_baseline(changes: TreeChanges) -> Iterator[Problem]:
    """Yield one problem if the baseline lists more."""
    path = f"{changes.prefix}{BASELINE}"
    if path not in changes.paths:
        return
    data = changes.after.read(path)
    more = known_in(data) - known_in(changes.before.read(path))
    if data and more:
        files = one_of(sorted({file for file, _, _ in more}), "and")
        message = f"Added {count(more.total(), 'known finding')} to the baseline, in {files}"
        hint = "Fix them instead, or ask an owner of the handbook to review this change"
        yield Problem(BASELINE, read_document(data).key_span(("findings",)), message, hint)
