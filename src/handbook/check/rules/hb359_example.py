"""Content: an entry that is still an example."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.check.rules.examples import TOOL, with_tool
from handbook.read.context import Context
from handbook.read.settings import SETTINGS_FILE
from handbook.read.values import EXAMPLE, is_example


@rule(
    "HB359",
    "example",
    Severity.WARNING,
    reason=(
        "A new handbook starts with examples, marked with `example: true`. `handbook status` counts them. "
        "Set this rule to `warning` or `error` when the handbook should have none left."
    ),
    bad={
        "tools_inventory.yaml": f"{TOOL}    «example»: true\n",
        SETTINGS_FILE: "rules: {HB359: warning}\n",
    },
    good={**with_tool(), SETTINGS_FILE: "rules: {HB359: warning}\n"},
    is_optional=True,
)
def _check(context: Context) -> Iterator[Problem]:
    found = [entry for entry in context.entries if is_example(entry.value)]
    for number, entry in enumerate(found, 1):
        yield entry.problem(
            (EXAMPLE,),
            f"Example {number:,} of {len(found):,}",
            "Replace the entry with your own and remove this line, or remove the entry",
            "key",
        )
