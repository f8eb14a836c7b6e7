"""Content: a patch that replaces the list of required fields."""

from __future__ import annotations

from collections.abc import Iterable

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.read.context import Context


@rule(
    "HB338",
    "dropped-requirement",
    Severity.WARNING,
    reason=(
        "A list in a patch replaces the whole list. So a patch that is meant to make one field required "
        "makes all others optional, and validation no longer notices when one is missing. A mapping changes "
        "only the fields that it names."
    ),
    bad={"schemas/tool.patch.json": '{«"required"»: ["owner"]}\n'},
    good={"schemas/tool.patch.json": '{"required": {"owner": true}}\n'},
)
def _check(context: Context) -> Iterable[Problem]:
    return context.dropped_requirements
