"""Content: a baseline that lists findings which are gone. The checker finds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.check.rules.examples import TOOL

_HEAD = '{\n  "version": 1,\n  "findings": [\n'
_ITEM = '{"path": "docs/index.md", "code": "HB208", "message": "%s", "count": 1}'
_BROKEN = "The link `old.md` is broken: page not found"
_GONE = "The link `older.md` is broken: page not found"
_FILES = {"tools_inventory.yaml": TOOL, "docs/index.md": "# Home\n\n[Old](old.md)\n"}


@rule(
    "HB360",
    "outdated-baseline",
    reason=(
        "The baseline, `.handbook-baseline.json`, lists the findings that were known when a handbook took "
        "over existing pages. They are not reported. Once one is fixed, its line would hide the same mistake "
        "again, so remove it: the baseline only shrinks."
    ),
    bad={
        **_FILES,
        ".handbook-baseline.json": f"{_HEAD}    {_ITEM % _BROKEN},\n    «{_ITEM % _GONE}»\n  ]\n}}\n",
    },
    good={**_FILES, ".handbook-baseline.json": f"{_HEAD}    {_ITEM % _BROKEN}\n  ]\n}}\n"},
)
def outdated_baseline(problems: Sequence[Problem]) -> Iterator[Problem]:
    """Yield what is wrong with the baseline."""
    yield from problems
