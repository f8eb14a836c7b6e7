"""References: a setting for something that doesn't exist."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import shown, suggestion
from handbook.check.rules.examples import TOOL
from handbook.read.context import Context


@rule(
    "HB214",
    "settings-name",
    reason="A setting with a mistyped name changes nothing, and no one would notice.",
    bad={"sources/handbook.yaml": "kinds: {«experimnt»: off}\n", "tools_inventory.yaml": TOOL},
    good={"sources/handbook.yaml": "kinds: {experiment: off}\n", "tools_inventory.yaml": TOOL},
)
def _check(context: Context) -> Iterator[Problem]:
    if context.setting is None:
        return
    kinds = context.setting.value.get("kinds")
    known = context.kinds.keys() | context.kinds_off.keys()
    for name in kinds if isinstance(kinds, dict) else ():
        if name not in known:
            message = f"Unknown content type {shown(name)}"
            yield context.setting.problem(("kinds", name), message, suggestion(str(name), known), "key")
