"""Content: an unused suppression comment. The checker finds them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from handbook.base.findings import Finding
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import shown
from handbook.check.ignores import Ignore
from handbook.check.rules.examples import TOOL, with_tool

_UNUSED = "Unused suppression"
_REVIEW = "    review: {last: '2020-01-10', next: '2020-07-10'}  # handbook: ignore HB305\n"


def _follows(causes: Sequence[Finding]) -> Callable[[Finding], bool]:
    """Return a test for unused comments in files with errors: content rules skip entries with errors."""
    paths = {cause.path for cause in causes}
    return lambda finding: finding.path in paths and finding.message.startswith(_UNUSED)


@rule(
    "HB319",
    "unused-suppression",
    reason=(
        "An unused suppression comment hides the next error on its line. A comment on the wrong line only "
        "seems to work."
    ),
    bad={"tools_inventory.yaml": TOOL.replace("status: trial", "status: trial  # handbook: ignore «HB305»")},
    good=with_tool(_REVIEW),
    follows=_follows,
)
def unused_suppression(useless: Sequence[tuple[Ignore, bool]]) -> Iterator[Problem]:
    """Yield the comments that suppress nothing, each with whether its code can be suppressed."""
    for ignore, may_be_silenced in useless:
        if not ignore.code:
            message, hint = "Missing rule code in the comment", "Add the code after `ignore`, such as `HB305`"
        elif may_be_silenced:
            message = f"{_UNUSED}: {shown(ignore.code)} finds nothing on this line"
            hint = "Remove the comment, or move it to the end of the reported line"
        else:
            message = f"Invalid suppression: {shown(ignore.code)} is not a rule that can be suppressed"
            hint = "Use the code of a content rule, from HB301 on; `handbook rules` lists them"
        yield Problem(ignore.path, ignore.span, message, hint)
