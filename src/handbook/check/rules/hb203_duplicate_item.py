"""Uniqueness: two items of a list with the same key."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import shown
from handbook.check.dependencies import dependencies, items_at
from handbook.check.rules.examples import PROCESS, with_process
from handbook.read.context import Context
from handbook.read.yaml.document import Pointer

_SECOND = """  - id: decide
    name: Announce
    role: product-manager
    what: Tell everyone.
"""


@rule(
    "HB203",
    "duplicate-item",
    reason=(
        "Links and comparisons identify the items of a list by their key. Two items with the same key can't "
        "be told apart."
    ),
    bad=with_process(PROCESS + _SECOND.replace("id: decide", "id: «decide»")),
    good=with_process(PROCESS + _SECOND.replace("id: decide", "id: announce")),
)
def _check(context: Context) -> Iterator[Problem]:
    for entry, pointer, shape, value in context.connections:
        if not shape.key or not isinstance(value, list) or len(value) == 1:
            continue
        key_shape = shape.items.field(shape.key) if shape.items else None
        if key_shape and key_shape.link:
            continue  # Two links can have one address.
        seen: set[str] = set()
        for index, item in enumerate(value):
            key = item.get(shape.key) if isinstance(item, dict) else None
            if isinstance(key, str) and key in seen:
                yield entry.problem(
                    (*pointer, index, shape.key),
                    f"Duplicate `{shape.key}` {shown(key)} in `{pointer[-1]}`",
                    "Rename or remove one of them",
                )
            if isinstance(key, str):
                seen.add(key)
    yield from _in_other_lists(context)


def _in_other_lists(context: Context) -> Iterator[Problem]:
    """Yield items that references can target, with an ID that an item of another list has too."""
    named = {(entry.kind.name, waits[0].reference) for entry, waits in dependencies(context)}
    for entry in context.entries:
        for reference in (reference for kind, reference in named if kind == entry.kind.name):
            seen: dict[str, Pointer] = {}
            for pointer, item in items_at(entry, reference):
                key = item.get("id")
                if not isinstance(key, str):
                    continue
                first = seen.setdefault(key, pointer)
                if first[:-1] != pointer[:-1]:
                    yield entry.problem(
                        (*pointer, "id"),
                        f"Duplicate ID {shown(key)} in another item of `{pointer[0]}`",
                        "Rename one of them, so that each dependency has one target",
                    )
