"""References: an entry that says it overrides another, but doesn't."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import nearest, shown
from handbook.check.rules.examples import CORE, TOOL
from handbook.read.context import Context
from handbook.read.overrides import OVERRIDES
from handbook.read.raw import RawEntry


@rule(
    "HB212",
    "idle-override",
    Severity.WARNING,
    reason=(
        "An entry with `overrides: true` replaces the entry of a handbook below with the same ID. If there "
        "is none, the ID might be misspelt or might have changed below, and readers see both entries."
    ),
    bad={
        **CORE,
        "sources/handbook.yaml": "extends: [core]\n",
        "tools_inventory.yaml": TOOL.replace("id: linear", "id: liner\n    «overrides»: true"),
    },
    good={
        **CORE,
        "sources/handbook.yaml": "extends: [core]\n",
        "tools_inventory.yaml": TOOL.replace("id: linear", "id: linear\n    overrides: true"),
    },
)
def _check(context: Context) -> Iterator[Problem]:
    for entry in context.idle_overrides:
        label = entry.kind.label.lower()
        message = f"Nothing to override: no handbook below has the {label} {shown(entry.id)}"
        yield entry.problem((OVERRIDES,), message, _hint(context, entry), "key")


def _hint(context: Context, entry: RawEntry) -> str:
    below = {
        other.id
        for other in context.entries
        if other.kind is entry.kind and context.site.layer_of(other.source.path)
    }
    near = nearest(entry.id, below)
    return f"Did you mean the ID `{near}`? If not, remove the line" if near else "Remove the line"
