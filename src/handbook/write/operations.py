"""Make the operations of a proposal that change the values of one entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.base.words import Names, shown
from handbook.read.raw import RawEntry
from handbook.read.schemas.places import shape_at
from handbook.read.schemas.shapes import Shape
from handbook.write.changed_values import part_at
from handbook.write.draft import Draft
from handbook.write.editing import Editing
from handbook.write.errors import NotWrittenError
from handbook.write.proposal import AT_END, Operation

_Steps = tuple[str | int, ...]


class Target(NamedTuple):
    """The place that a pointer names.

    Attributes:
        steps: The steps to the last part of it that exists, or to the first that is missing.
        missing: The further fields that are missing, too.
        value: The value there; `None` if it is missing.
        shape: The schema of the place.
        exists: Whether all of it exists.
    """

    steps: _Steps
    missing: tuple[str, ...]
    value: Any
    shape: Shape | None
    exists: bool


def find_target(shape: Shape | None, value: Any, path: str, names: Mapping[str | int, str]) -> Target:
    """Return the place that a JSON pointer names in an entry.

    Args:
        shape: The schema of the entry.
        value: The entry.
        path: The pointer. An item can be named by its key or its position.
        names: The former names of fields that the file has, by their current names.

    Raises:
        NotWrittenError: The pointer leads nowhere.
    """
    steps: list[str | int] = []
    parts = [part.replace("~1", "/").replace("~0", "~") for part in path.split("/")[1:]]
    for number, part in enumerate(parts):
        if isinstance(value, list):
            index = _index(value, shape, part)
            if index is None:
                raise NotWrittenError(_unknown_item(value, shape, path, part))
            steps.append(index)
            shape = shape.item(index) if shape else None
            value = value[index]
            continue
        if not isinstance(value, Mapping) and not (value is None and steps):
            raise NotWrittenError(f"`{path}` leads nowhere: there is nothing below {shown(value)}")
        shape = shape.field(part) if shape else None
        name = part if value is None or part in value else names.get(part, part)
        steps.append(name)
        if value is None or name not in value:
            missing = tuple(parts[number + 1 :])
            return Target(tuple(steps), missing, None, _below(shape, missing), exists=False)
        value = value[name]
    return Target(tuple(steps), (), value, shape, exists=True)


def _below(shape: Shape | None, names: Sequence[str]) -> Shape | None:
    for name in names:
        shape = shape.field(name) if shape else None
    return shape


def _index(items: Sequence[Any], shape: Shape | None, name: str | int) -> int | None:
    """Return the position of an item by its key; without such a key, by its position."""
    for index, item in enumerate(items):
        if name in (_key(item, shape), item) and not isinstance(item, bool):
            return index
    text = str(name)
    is_position = text.isascii() and text.isdigit() and len(text) <= len(str(len(items)))
    return int(text) if is_position and int(text) < len(items) else None


def _key(item: Any, shape: Shape | None) -> Any:
    """Return the key of an item; `None` if it has none."""
    key = (shape.key if shape else None) or "id"
    return item.get(key) if isinstance(item, Mapping) else None


def _unknown_item(items: Sequence[Any], shape: Shape | None, path: str, name: str | int) -> str:
    keys = [key for key in (_key(item, shape) for item in items) if isinstance(key, str)]
    message = f"`{path}` leads nowhere: the list has no item {shown(name)}"
    return ". ".join(filter(None, (message, Names(keys).suggestion(str(name)))))


def set_value(draft: Draft, entry: RawEntry, operation: Operation) -> None:
    """Give a field a value. Missing mappings around it are added."""
    editing, target = _open(draft, entry, operation)
    value = operation.value
    for name in reversed(target.missing):
        value = {name: value}
    shape = target.shape if not target.missing else None
    _put(editing, entry, target, as_written(shape, value, target.value))
    draft.put_text(entry.source.path, editing.text)


def unset_value(draft: Draft, entry: RawEntry, operation: Operation) -> None:
    """Remove a field or an item, if it is there, and with the last one the field around it."""
    editing, target = _open(draft, entry, operation)
    if target.exists:
        steps = target.steps
        own = _own(editing, entry)
        while len(steps) > 1 and len(part_at(own, steps[:-1])) == 1:
            steps = steps[:-1]
        editing.unset((*entry.at, *steps))
        draft.put_text(entry.source.path, editing.text)


def insert_item(draft: Draft, entry: RawEntry, operation: Operation) -> None:
    """Add an item to a list, which can be missing. An equal item stays where it is."""
    editing, target = _open(draft, entry, operation)
    items = target.value
    shape = target.shape
    value = as_written(shape.items if shape else None, operation.value, None)
    if items is not None and not isinstance(items, list):
        raise NotWrittenError(f"`{operation.path}` is no list but {shown(items)}")
    key = _key(value, shape)
    if value in (items or []):
        return
    if key is not None and any(_key(item, shape) == key for item in items or []):
        raise NotWrittenError(f"`{operation.path}` already has another item {shown(key)}")
    at = _position(items or [], shape, operation)
    if target.exists:
        editing.insert((*entry.at, *target.steps), at, value)
    else:
        around: Any = [value]
        for name in reversed(target.missing):
            around = {name: around}
        _put(editing, entry, target, around)
    draft.put_text(entry.source.path, editing.text)


def move_item(draft: Draft, entry: RawEntry, operation: Operation) -> None:
    """Give an item of a list another position."""
    editing, target = _open(draft, entry, operation)
    *above, index = target.steps
    if not target.exists or not isinstance(index, int):
        raise NotWrittenError(f"`{operation.path}` is no item of a list")
    items = part_at(editing.value, (*entry.at, *above))
    path = operation.path.rpartition("/")[0]
    around = find_target(entry.kind.shape, _own(editing, entry), path, {}) if above else None
    at = _position(items, around.shape if around else None, operation._replace(path=path))
    editing.move((*entry.at, *above), index, at - 1 if at > index else at)
    draft.put_text(entry.source.path, editing.text)


def _open(draft: Draft, entry: RawEntry, operation: Operation) -> tuple[Editing, Target]:
    editing = draft.editing(entry.source.path)
    names = entry.source.document.former_keys
    target = find_target(entry.kind.shape, _own(editing, entry), operation.path, names)
    if target.steps == ("id",):
        raise NotWrittenError("The ID of an entry is in links. Use the operation `rename`")
    return editing, target


def _put(editing: Editing, entry: RawEntry, target: Target, value: Any) -> None:
    """Give a place a value. A new field goes behind all that are before it in the schema."""
    *above, name = target.steps
    around = part_at(editing.value, (*entry.at, *above))
    shape = shape_at(entry.kind.shape, above)
    fields = list(shape.properties) if shape and isinstance(around, dict) and not target.exists else []
    before = fields[: fields.index(str(name))] if name in fields else []
    behind = next((field for field in reversed(around) if field in before), "") if before else ""
    editing.set((*entry.at, *target.steps), value, behind)


def _own(editing: Editing, entry: RawEntry) -> Any:
    return part_at(editing.value, entry.at)


def _position(items: Sequence[Any], shape: Shape | None, operation: Operation) -> int:
    """Return the position behind the item that an operation names."""
    if operation.after is None:
        return 0
    if operation.after == AT_END:
        return len(items)
    index = _index(items, shape, operation.after)
    if index is None:
        raise NotWrittenError(_unknown_item(items, shape, operation.path, operation.after))
    return index + 1


def as_written(shape: Shape | None, value: Any, before: Any) -> Any:
    """Return a value as its file has it: a Markdown text of several lines ends with a line end.

    Args:
        shape: The schema of its place.
        value: The value.
        before: The old value of the place, if there is one.
    """
    if isinstance(value, str):
        is_long = "\n" in value or (isinstance(before, str) and before.endswith("\n"))
        return f"{value}\n" if shape and shape.markdown and is_long and not value.endswith("\n") else value
    if isinstance(value, Mapping):
        then = before if isinstance(before, Mapping) else {}
        return {
            name: as_written(shape.field(name) if shape else None, part, then.get(name))
            for name, part in value.items()
        }
    if isinstance(value, list):
        below = shape.items if shape else None
        return [as_written(below, part, None) for part in value]
    return value


OPERATIONS: Mapping[str, Callable[[Draft, RawEntry, Operation], None]] = {
    "set": set_value,
    "unset": unset_value,
    "insert": insert_item,
    "move": move_item,
}
