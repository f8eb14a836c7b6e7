"""References: a setting for choices that names something unknown."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.check.rules.examples import TOOL
from handbook.read.choice_settings import make_own_choices
from handbook.read.context import Context
from handbook.read.raw import Side
from handbook.read.schemas.choices import wrong_choices

_PARKED = "states: {tool: {parked: {title: Parked, means: sunset}}}\n"


@rule(
    "HB216",
    "own-choices",
    reason=(
        "Rules and figures know only the built-in states. They would leave out a state of your own without "
        "the right meaning. A setting with a mistyped name changes nothing."
    ),
    bad={"sources/handbook.yaml": _PARKED.replace("sunset", "«sunst»"), "tools_inventory.yaml": TOOL},
    good={"sources/handbook.yaml": _PARKED, "tools_inventory.yaml": TOOL.replace("trial", "parked")},
)
def _check(context: Context) -> Iterator[Problem]:
    if context.setting:
        own = make_own_choices(context.setting.value)
        of_layers = [each for layer in context.settings_of_layers for each in make_own_choices(layer.value)]
        for wrong in wrong_choices(own, context.choices, of_layers):
            side: Side = "value" if wrong.pointer[-1] == "means" else "key"
            yield context.setting.problem(wrong.pointer, wrong.message, wrong.hint, side)
