"""Find the dependencies between items of an entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.read.context import Context
from handbook.read.raw import RawEntry
from handbook.read.yaml.document import Pointer

_FIELD = "depends_on"
_SHOWN = 4
"""The number of items shown at either end of a long circular dependency."""


class Dependency(NamedTuple):
    """An item that depends on another one.

    Attributes:
        entry: The entry that both belong to.
        item: The dependent item, which has an ID.
        pointer: The place of the reference, from the entry's root.
        other: The ID of the other item.
        reference: The list of the other item, such as `#groups/items`.
    """

    entry: RawEntry
    item: Mapping[str, Any]
    pointer: Pointer
    other: str
    reference: str


def dependencies(context: Context) -> Iterator[tuple[RawEntry, Sequence[Dependency]]]:
    """Yield the entries with dependencies, with all of their dependencies."""
    of_entries: dict[int, list[Dependency]] = defaultdict(list)
    for found in _all(context):
        of_entries[id(found.entry)].append(found)
    for waits in of_entries.values():
        yield waits[0].entry, waits


def circles(waits: Iterable[Dependency]) -> Iterator[Sequence[str]]:
    """Yield the circular dependencies, each once; of a long one, both ends."""
    others: dict[str, list[str]] = defaultdict(list)
    for each in waits:
        others[each.item["id"]].append(each.other)
    done: set[str] = set()
    for start in list(others):
        path: list[str] = []
        on_path: dict[str, int] = {}
        stack: list[tuple[str, Iterator[str]]] = []
        name: str | None = start
        while name is not None or stack:
            if name is not None and name in on_path:
                begin = on_path[name]
                is_long = len(path) - begin > 2 * _SHOWN
                yield [*path[begin : begin + _SHOWN], "…", *path[-_SHOWN:]] if is_long else path[begin:]
                name = None
            if name is not None and name not in done:
                on_path[name] = len(path)
                path.append(name)
                stack.append((name, iter(others.get(name, ()))))
            if not stack:
                break
            name = next(stack[-1][1], None)
            if name is None:
                finished, _ = stack.pop()
                path.pop()
                del on_path[finished]
                done.add(finished)


def _all(context: Context) -> Iterator[Dependency]:
    for entry, pointer, shape, value in context.item_references:
        if _FIELD not in pointer:
            continue
        item: Any = entry.value
        for part in pointer[: list(pointer).index(_FIELD)]:
            item = item[part]
        if isinstance(item.get("id"), str):
            yield Dependency(entry, item, pointer, value, shape.refs[0])


def items_at(entry: RawEntry, reference: str) -> Iterator[tuple[Pointer, Mapping[str, Any]]]:
    """Yield the items that a reference such as `#groups/items` can target, with their places."""
    found: list[tuple[Pointer, Any]] = [((), entry.value)]
    for part in reference.removeprefix("#").split("/"):
        found = [
            ((*pointer, part, index), item)
            for pointer, value in found
            for index, item in enumerate(_list_at(value, part))
            if isinstance(item, Mapping)
        ]
    yield from found


def _list_at(value: Mapping[str, Any], name: str) -> list[Any]:
    items = value.get(name)
    return items if isinstance(items, list) else []
