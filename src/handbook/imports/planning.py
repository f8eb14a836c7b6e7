"""Compare what a file says with the handbook and with what the last import wrote, field by field."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.imports.fields import is_money
from handbook.imports.record import Recorded, digest
from handbook.imports.task import Task
from handbook.read.life import is_gone
from handbook.read.raw import RawEntry
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.shapes import Shape
from handbook.write.proposal import Operation

ADDED, UPDATED, UNCHANGED, CONFLICT, GONE = "add", "update", "keep", "conflict", "gone"

_Leaves = dict[str, Any]
_MONEY = frozenset({"amount", "currency", "period"})
_OPEN = "!"
"""The mark in the record of a conflict that has been said and not decided."""
_ID = "id"
_STATE = "/status"


class Conflict(NamedTuple):
    """A field that the file and people changed, each in another way.

    Attributes:
        pointer: The field.
        ours: Its value in the handbook; `None` if people removed it.
        theirs: Its value in the file.
    """

    pointer: str
    ours: Any
    theirs: Any


class EntryPlan(NamedTuple):
    """What an import does to an entry.

    Attributes:
        id: Its ID.
        action: `add`, `update`, `keep`, `conflict` or `gone`.
        operations: The changes.
        conflicts: The fields that stay as they are.
        record: What the next import has to know.
    """

    id: str
    action: str
    operations: Sequence[Operation]
    conflicts: Sequence[Conflict]
    record: Recorded


class Said(NamedTuple):
    """What a file says of an entry.

    Attributes:
        id: Its ID.
        key: What identifies it in the file.
        value: What the file says.
        filled: The same with what the file doesn't say, for a new entry and for empty fields.
    """

    id: str
    key: str
    value: Mapping[str, Any]
    filled: Mapping[str, Any]


def plan_entry(task: Task, said: Said, known: RawEntry | None) -> EntryPlan:
    """Return what an import does to an entry.

    Args:
        task: The import.
        said: What the file says of it.
        known: The entry in the handbook; `None` if it is new.
    """
    kind, entry_id, filled, recorded = task.kind, said.id, said.filled, task.record.get(said.id)
    new = leaves(filled, kind.shape)
    digests = {pointer: digest(value) for pointer, value in new.items()}
    is_added = known is None or (recorded is not None and recorded.is_added)
    record = Recorded(said.key, digests, is_added)
    if known is None:
        add = Operation("add", kind.name, entry_id, value=dict(filled))
        return EntryPlan(entry_id, ADDED, [add], [], record)
    base = recorded.fields if recorded else {}
    current = leaves(known.value, kind.shape)
    from_file = set(leaves(said.value, kind.shape))
    is_back = recorded is not None and recorded.gone is not None and is_gone(known.value)
    if is_back:
        # The state that the last import gave it gives way to the one of the file.
        base = {_STATE: digest(current.get(_STATE))}
        from_file.add(_STATE)
    operations: list[Operation] = []
    conflicts: list[Conflict] = []
    changed: list[str] = []
    for pointer, value in new.items():
        before = current.get(pointer)
        if before is not None and digest(before) == digests[pointer]:
            continue
        if pointer not in from_file and (before is not None or pointer in base):
            continue
        is_ours = (before is None and pointer not in base) or (
            before is not None and digest(before) == base.get(pointer)
        )
        if is_ours or (task.prefers_file and digests[pointer] != base.get(pointer)):
            changed.append(pointer)
        else:
            known_digest = base.get(pointer, "")
            is_new = digests[pointer] != known_digest.removeprefix(_OPEN)
            if is_new:
                conflicts.append(Conflict(pointer, before, value))
            if is_new or known_digest.startswith(_OPEN):
                # It is said once, and `prefers_file` can still decide it later.
                digests[pointer] = _OPEN + digests[pointer]
    operations += _sets(kind, entry_id, filled, known.value, changed)
    operations += _unsets(kind, entry_id, {} if is_back else base, current, new.keys())
    if recorded is not None and is_back and _STATE not in new:
        operations.append(Operation("set", kind.name, entry_id, _STATE, recorded.gone))
    action = CONFLICT if conflicts else UPDATED if operations else UNCHANGED
    return EntryPlan(entry_id, action, operations, conflicts, record)


def leaves(value: Any, shape: Shape | None, before: str = "") -> _Leaves:
    """Return the values of an entry by JSON pointer. Items with an ID have their own, other lists one."""
    return dict(_leaves(value, shape, before))


def _leaves(value: Any, shape: Shape | None, before: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping) and shape and is_money(shape) and value.keys() >= _MONEY:
        # An amount means nothing without its currency and period.
        yield before, {name: value[name] for name in sorted(_MONEY)}
        yield from ((f"{before}/{name}", part) for name, part in value.items() if name not in _MONEY)
        return
    if isinstance(value, Mapping) and value and (shape is None or shape.properties):
        for name, part in value.items():
            if before or name != _ID:
                yield from _leaves(part, shape.field(name) if shape else None, f"{before}/{_escaped(name)}")
        return
    if isinstance(value, list) and value and shape and shape.key == _ID and all(map(_has_id, value)):
        for item in value:
            yield from _leaves(item, shape.items, f"{before}/{_escaped(item[_ID])}")
        return
    yield before, value


def _has_id(item: Any) -> bool:
    return isinstance(item, Mapping) and _ID in item


def _escaped(name: object) -> str:
    return str(name).replace("~", "~0").replace("/", "~1")


def _steps(pointer: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def _sets(
    kind: Kind, entry_id: str, filled: Mapping[str, Any], current: Mapping[str, Any], changed: Sequence[str]
) -> Iterator[Operation]:
    """Yield the changes of fields; of a part that is missing altogether, one for all of it."""
    done: set[str] = set()
    for pointer in changed:
        shape: Shape | None = kind.shape
        ours: Any = current
        theirs: Any = filled
        path = ""
        for step in _steps(pointer):
            above, path = path, f"{path}/{_escaped(step)}"
            is_list = isinstance(theirs, list)
            theirs = _part(theirs, step)
            ours = _part(ours, step)
            shape = (shape.items if is_list else shape.field(step)) if shape else None
            if ours is None or path == pointer:
                if path not in done:
                    done.add(path)
                    is_new_item = is_list and ours is None
                    value = theirs
                    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
                        # People can have said of an amount that it is per seat.
                        parts = {
                            name: part
                            for name, part in theirs.items()
                            if name in _MONEY or f"{path}/{name}" in changed
                        }
                        value = {**ours, **parts}
                    where = ("insert", above) if is_new_item else ("set", path)
                    yield Operation(where[0], kind.name, entry_id, where[1], value)
                break


def _part(value: Any, step: str) -> Any:
    if isinstance(value, list):
        return next(
            (item for item in value if isinstance(item, Mapping) and str(item.get(_ID)) == step), None
        )
    return value.get(step) if isinstance(value, Mapping) else None


def _unsets(
    kind: Kind, entry_id: str, base: Mapping[str, str], current: _Leaves, new: Collection[str]
) -> Iterator[Operation]:
    """Yield the removals of what the file no longer says, unless people changed it."""
    done: set[str] = set()
    for pointer in base:
        path = _vanished(pointer, new)
        if pointer in new or path in done:
            continue
        done.add(path)
        below = {
            each: value for each, value in current.items() if each == path or each.startswith(f"{path}/")
        }
        is_required = "/" not in path[1:] and path[1:] in kind.shape.required
        if (
            below
            and not is_required
            and all(digest(value) == base.get(each) for each, value in below.items())
        ):
            yield Operation("unset", kind.name, entry_id, path)


def _vanished(pointer: str, new: Collection[str]) -> str:
    """Return the outermost part around a field of which the file says nothing."""
    path = ""
    for step in _steps(pointer):
        path = f"{path}/{_escaped(step)}"
        if not any(each == path or each.startswith(f"{path}/") for each in new):
            return path
    return pointer
