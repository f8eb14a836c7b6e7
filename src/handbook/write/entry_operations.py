"""Make the operations of a proposal that are about a whole entry: add, remove, rename, confirm."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from posixpath import dirname
from typing import Any

from handbook.base.words import shown
from handbook.read.former_ids import FORMER, former_id, former_name
from handbook.read.raw import RawEntry
from handbook.read.readings import COLUMNS, readings_path
from handbook.read.schemas.kinds import Kind
from handbook.read.unread import SOURCE_SUFFIX
from handbook.write.confirming import confirm
from handbook.write.draft import Draft, raw_value
from handbook.write.entry import check_new_id
from handbook.write.errors import NotWrittenError
from handbook.write.gone_list import list_as_gone
from handbook.write.lines import Writer
from handbook.write.operations import as_written
from handbook.write.place import add_entry
from handbook.write.proposal import Operation
from handbook.write.references import Name, follow


def add(draft: Draft, operation: Operation) -> None:
    """Add an entry, unless it is there with the same fields."""
    kind = draft.kind(operation.kind)
    known = draft.find(kind, operation.id)
    if known and _without_id(raw_value(known)) == as_written(kind.shape, _without_id(operation.value), None):
        _check_value(operation)
        return
    lines = new_lines(draft, kind, operation)
    if known:
        raise NotWrittenError(f"ID `{operation.id}` is already used. Use another one")
    add_entry(draft, kind, operation.id, lines)


def new_lines(draft: Draft, kind: Kind, operation: Operation) -> list[str]:
    """Return the lines of a new entry without its ID.

    Raises:
        NotWrittenError: A new entry can't have the ID.
    """
    _check_value(operation)
    check_new_id(draft.context, kind, operation.id)
    value = as_written(kind.shape, _without_id(operation.value), None)
    return list(Writer().fields(value, kind.shape)) if value else []


def _check_value(operation: Operation) -> None:
    if operation.value.get("id", operation.id) != operation.id:
        raise NotWrittenError(f"The value has another ID: {shown(operation.value['id'])}")


def _without_id(value: Mapping[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in value.items() if name != "id"}


def remove(draft: Draft, operation: Operation) -> None:
    """Remove an entry. References to it and its address go to the entry that replaces it.

    If nothing replaces it, its address shows why it is gone. If it does already, nothing changes.
    """
    if _is_removed(draft, operation):
        return
    entry = draft.entry(operation.kind, operation.id)
    was = (entry.kind.name, entry.id)
    if operation.instead:
        successor = _successor(draft, entry.kind.name, operation.instead)
        if successor == was:
            raise NotWrittenError("An entry cannot replace itself")
        follow(draft, was, successor)
        _add_former(
            draft, successor, [former_id(successor[0], each) for each in (was, *_former_names(entry))]
        )
        entry = draft.entry(*was)
    else:
        list_as_gone(draft, entry, operation.why)
    editing = draft.editing(entry.source.path)
    if entry.at:
        editing.unset(entry.at)
        draft.put_text(entry.source.path, editing.text)
    else:
        draft.put(entry.source.path, b"")
    if entry.kind.name in COLUMNS:
        draft.put(readings_path(*was), b"")


def _is_removed(draft: Draft, operation: Operation) -> bool:
    """Return whether an entry is gone, and its address says what the operation asks for."""
    kind = draft.kind(operation.kind)
    if draft.find(kind, operation.id):
        return False
    if operation.instead:
        return _leads_to(draft, (kind.name, operation.id), _successor(draft, kind.name, operation.instead))
    gone = draft.context.gone.get((kind.name, operation.id))
    return gone is not None and gone.why == " ".join(operation.why.split()).removesuffix(".")


def _leads_to(draft: Draft, was: Name, now: Name) -> bool:
    """Return whether the address of a former entry leads to another entry."""
    entry = draft.context.former.get(was)
    return entry is not None and (entry.kind.name, entry.id) == now


def _successor(draft: Draft, kind: str, written: str) -> Name:
    """Return the entry that replaces another one: of the same kind, unless the kind is written before it."""
    other, _, name = written.partition("/")
    found = (other, name) if other in draft.context.kinds and name else (kind, written)
    draft.entry(*found)
    return found


def _former_names(entry: RawEntry) -> list[Name]:
    """Return the former kinds and IDs of an entry."""
    known = entry.value.get(FORMER)
    return [former_name(entry.kind.name, str(each)) for each in known] if isinstance(known, list) else []


def rename(draft: Draft, operation: Operation) -> None:
    """Give an entry another ID. References follow, and the old address forwards to the new one."""
    kind = draft.kind(operation.kind)
    was, now = (kind.name, operation.id), (kind.name, operation.to)
    if not draft.find(kind, operation.id) and _leads_to(draft, was, now):
        return
    entry = draft.entry(*was)
    namespace, _, name = operation.to.rpartition("/")
    if namespace != entry.namespace:
        raise NotWrittenError(f"`{operation.to}` is in another namespace. Move the file by hand")
    if was == now:
        return
    former = raw_value(entry).get(FORMER)
    spellings = {name, former_id(entry.kind.name, now)}
    if not (isinstance(former, list) and spellings.intersection(map(str, former))):
        check_new_id(draft.context, entry.kind, operation.to)
    if draft.find(entry.kind, operation.to):
        raise NotWrittenError(f"ID `{operation.to}` is already used. Use another one")
    follow(draft, was, now)
    path = entry.source.path
    editing = draft.editing(path)
    if "id" in raw_value(draft.entry(*was)):
        editing.set((*entry.at, "id"), name)
        draft.put_text(path, editing.text)
    if entry.named_by_file:
        new = f"{dirname(path)}/{name}{SOURCE_SUFFIX}"
        if draft.data(new):
            raise NotWrittenError(f"{new} already exists. Use another ID")
        draft.move(path, new)
    if kind.name in COLUMNS:
        _move_readings(draft, was, now)
    _drop_former(draft, now, spellings)
    _add_former(draft, now, [was[1].rpartition("/")[2]])


def _move_readings(draft: Draft, was: Name, now: Name) -> None:
    """Let the readings of an entry follow its new ID."""
    old, new = readings_path(*was), readings_path(*now)
    if draft.data(old):
        if draft.data(new):
            raise NotWrittenError(f"{new} already exists. Use another ID")
        draft.move(old, new)


def _add_former(draft: Draft, name: Name, former: list[str]) -> None:
    """Add former IDs to an entry, so that their addresses forward to it."""
    entry = draft.entry(*name)
    if entry.kind.shape.field(FORMER) is None:
        return
    known = raw_value(entry).get(FORMER)
    names = list(known) if isinstance(known, list) else []
    _put_former(draft, entry, [*names, *(each for each in former if each not in names)])


def _drop_former(draft: Draft, name: Name, spellings: set[str]) -> None:
    """Remove former IDs that are in use again."""
    entry = draft.entry(*name)
    known = raw_value(entry).get(FORMER)
    if isinstance(known, list) and spellings.intersection(map(str, known)):
        _put_former(draft, entry, [each for each in known if str(each) not in spellings])


def _put_former(draft: Draft, entry: RawEntry, names: list[str]) -> None:
    editing = draft.editing(entry.source.path)
    if names:
        editing.set((*entry.at, FORMER), names)
    else:
        editing.unset((*entry.at, FORMER))
    draft.put_text(entry.source.path, editing.text)


ENTRY_OPERATIONS: Mapping[str, Callable[[Draft, Operation], None]] = {
    "add": add,
    "remove": remove,
    "rename": rename,
    "confirm": confirm,
}
