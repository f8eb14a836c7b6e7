"""Find the table in JSON and YAML: the list of records, with what the mappings above it say of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from handbook.imports.table import Table, UnreadableTableError, as_table

KEY = "key"
"""The column with the names of records in a mapping."""

_NAMES = ("name", "title", "displayname", "display_name", "label")
_DEEPEST = 8
_SEPARATOR = "."


def records_as_table(value: Any, name: str, path: Sequence[str] | None = None) -> Table:
    """Return the table in a value.

    Args:
        value: The content of a file.
        name: Its name, for messages.
        path: The names of the lists from the outermost one to the records; by default, they are guessed.

    Raises:
        UnreadableTableError: It has no list of records.
    """
    steps = list(path) if path is not None else _guessed(value)
    if steps is None:
        raise UnreadableTableError(
            f"{name}: No list of records found",
            "Name it in the mapping, such as `records: [landscape, items]`",
        )
    records = [(f"{name}: record {number}", cells) for number, cells in enumerate(_walk(value, steps, {}), 1)]
    return as_table(records)


def _guessed(value: Any) -> list[str] | None:
    """Return the path to the records: the most mappings with a name, at the top if there is a list."""
    if _items(value) is not None and not isinstance(value, Mapping):
        return []
    found = list(_lists(value, ()))
    named = [each for each in found if each[2]] or found
    return max(named, key=lambda each: (each[1], len(each[0])))[0] if named else None


def _lists(value: Any, above: tuple[str, ...]) -> Iterator[tuple[list[str], int, bool]]:
    """Yield the path of each list of mappings, the number of its items, and whether they have names."""
    by_path: dict[tuple[str, ...], list[Any]] = {}
    waiting = [(above, value)]
    while waiting:
        path, part = waiting.pop()
        for key, below in part.items() if isinstance(part, Mapping) else ():
            items = _items(below)
            here = (*path, str(key))
            if items is not None and len(here) <= _DEEPEST:
                by_path.setdefault(here, []).extend(item for _, item in items)
                waiting += [(here, item) for _, item in items]
            elif isinstance(below, Mapping) and len(here) <= _DEEPEST:
                waiting.append((here, below))
    for path, items in by_path.items():
        names = sum(any(str(key).casefold() in _NAMES for key in item) for item in items)
        yield list(path), len(items), names * 2 > len(items)


def _items(value: Any) -> list[tuple[str, Mapping[str, Any]]] | None:
    """Return the records in a list, or in a mapping of at least two mappings, with their names there."""
    if isinstance(value, list) and value and all(isinstance(item, Mapping) for item in value):
        return [("", item) for item in value]
    is_of_records = isinstance(value, Mapping) and len(value) > 1
    if is_of_records and all(isinstance(item, Mapping) for item in value.values()):
        keys = [set(item) for item in value.values()]
        if set.intersection(*keys):
            return [(str(key), item) for key, item in value.items()]
    return None


def _walk(value: Any, steps: Sequence[str], above: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the records with the cells of everything above them."""
    if not steps:
        items = _items(value)
        for key, item in items if items is not None else [("", value)]:
            if isinstance(item, Mapping):
                yield {**above, **({KEY: key} if key else {}), **dict(flat(item))}
        return
    step, *rest = steps
    if not isinstance(value, Mapping) or step not in value:
        return
    cells = {name: each for name, each in flat(value) if not name.startswith(step)}
    around = {**above, **cells}
    below = value[step]
    items = _items(below)
    if rest and items is not None:
        for key, item in items:
            own = {f"{step}{_SEPARATOR}{name}": each for name, each in flat(_without(item, rest[0]))}
            deeper = {**around, **({f"{step}{_SEPARATOR}{KEY}": key} if key else {}), **own}
            yield from ({**deeper, **found} for found in _walk(_only(item, rest[0]), rest, {}))
    else:
        yield from _walk(below, rest, around)


def _without(item: Mapping[str, Any], step: str) -> dict[str, Any]:
    return {name: each for name, each in item.items() if name != step}


def _only(item: Mapping[str, Any], step: str) -> dict[str, Any]:
    return {name: each for name, each in item.items() if name == step}


def flat(value: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the values of a record by the names of their columns: `spec.owner` for one in a mapping."""
    for key, each in value.items():
        name = f"{before}{key}"
        if isinstance(each, Mapping):
            yield from flat(each, f"{name}{_SEPARATOR}")
        else:
            yield name, each
