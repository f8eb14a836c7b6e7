"""Schema: a part of a file that is neither an entry nor a list of entries."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import Rule
from handbook.check.rules.examples import TOOL
from handbook.read.context import Context


def _check(context: Context) -> Iterator[Problem]:
    for part in context.misshapen:
        yield Problem(part.source.path, part.place, part.message, part.hint, part.pointer)


RULE = Rule(
    code="HB108",
    name="file-shape",
    severity=Severity.ERROR,
    reason=(
        "A file contains one entry or a collection: the plural of the content type with a list below it. "
        "Anything else in the file would not be read."
    ),
    bad={"tools_inventory.yaml": TOOL.replace("tools:", "«tool»:")},
    good={"tools_inventory.yaml": TOOL},
    check=_check,
)
