"""References: a handbook to extend that can't be used."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.check.rules.examples import CORE
from handbook.read.context import Context
from handbook.read.settings import EXTENDS


@rule(
    "HB211",
    "layer",
    reason=(
        "A handbook that extends another consists of both. If the other can't be read, most of the content "
        "is missing, so nothing else is checked. Folders must be in the repository: a handbook can't "
        "publish other files of the computer that builds it."
    ),
    bad={**CORE, "sources/handbook.yaml": "extends: [«cor»]\n"},
    good={**CORE, "sources/handbook.yaml": "extends: [core]\n"},
)
def invalid_layer(context: Context) -> Iterator[Problem]:
    """Yield the layers that can't be used."""
    if context.setting is not None:
        for at, message, hint in context.layers.problems:
            yield context.setting.problem((EXTENDS, at), message, hint)
