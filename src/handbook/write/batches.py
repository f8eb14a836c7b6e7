"""Make operations, many at once: a file is read and checked once, and not for each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from handbook.read.raw import RawEntry
from handbook.read.yaml.document import read_text
from handbook.write.changed_values import says_same
from handbook.write.draft import Draft
from handbook.write.entry_operations import ENTRY_OPERATIONS, new_lines
from handbook.write.errors import NotWrittenError
from handbook.write.operations import OPERATIONS
from handbook.write.pieces import Pieces, line_end, pieces_of
from handbook.write.place import add_entries
from handbook.write.proposal import Operation

_ADD = "add"


def make(draft: Draft, operation: Operation) -> None:
    """Make an operation in a draft.

    Raises:
        NotWrittenError: It can't be made.
    """
    if operation.op in OPERATIONS:
        OPERATIONS[operation.op](draft, draft.entry(operation.kind, operation.id), operation)
    else:
        ENTRY_OPERATIONS[operation.op](draft, operation)


def make_all(draft: Draft, operations: Iterable[Operation]) -> Iterator[tuple[Operation, NotWrittenError]]:
    """Make operations in a draft, in order, and yield those that can't be made."""
    for sort, group in groupby(operations, key=_sort):
        together = list(group)
        if sort and len(together) > 1:
            alone = _add_together(draft, together) if sort == _ADD else _edit_together(draft, together)
        else:
            alone = together
        for operation in alone:
            try:
                make(draft, operation)
            except NotWrittenError as error:
                yield operation, error


def _sort(operation: Operation) -> str:
    """Return what operations have in common that can be made together; empty if they can't."""
    return "edit" if operation.op in OPERATIONS else _ADD if operation.op == _ADD else ""


def _add_together(draft: Draft, operations: Sequence[Operation]) -> list[Operation]:
    """Add new entries, and return the operations that have to be made one by one."""
    alone = []
    new: dict[str, dict[str, list[str]]] = defaultdict(dict)
    known: dict[str, set[str]] = {}
    for operation in operations:
        name, entry_id = operation.kind, operation.id
        try:
            kind = draft.kind(name)
            lines = new_lines(draft, kind, operation)
        except NotWrittenError:
            alone.append(operation)
            continue
        if name not in known:
            known[name] = {each.id for each in draft.entries(kind)}
        if entry_id in known[name] or entry_id in new[name]:
            alone.append(operation)
        else:
            new[name][entry_id] = lines
    for name, entries in new.items():
        try:
            add_entries(draft, draft.kind(name), list(entries.items()))
        except NotWrittenError:
            added = {each.id for each in draft.entries(draft.kind(name))}
            alone += [each for each in operations if each.kind == name and each.id in entries.keys() - added]
    return alone


def _edit_together(draft: Draft, operations: Sequence[Operation]) -> list[Operation]:
    """Change entries file by file, and return the operations that have to be made one by one."""
    entries: dict[str, dict[str, RawEntry]] = {}
    by_path: dict[str, list[tuple[RawEntry, Operation]]] = defaultdict(list)
    done: set[int] = set()
    for operation in operations:
        name = operation.kind
        if name not in entries:
            kind = draft.context.kinds.get(name)
            found = reversed(list(draft.entries(kind))) if kind else ()
            entries[name] = {each.id: each for each in found}
        entry = entries[name].get(operation.id)
        if entry and not draft.context.site.layer_of(entry.source.path):
            by_path[entry.source.path].append((entry, operation))
    for path, pairs in by_path.items():
        if len(pairs) > 1 and _edit_file(draft, path, pairs):
            done.update(id(operation) for _, operation in pairs)
    return [each for each in operations if id(each) not in done]


def _edit_file(draft: Draft, path: str, pairs: Sequence[tuple[RawEntry, Operation]]) -> bool:
    """Change entries of a file, each in its own lines. Return whether that has worked.

    If it has not, the file is as it was. Then an entry repeats a part of another one, or has a mistake.
    """
    document = draft.document(path)
    by_entry: dict[int, list[Operation]] = defaultdict(list)
    for entry, operation in pairs:
        if len(entry.at) != 2 or not isinstance(entry.at[1], int):  # noqa: PLR2004 - the plural and a position
            return False
        by_entry[entry.at[1]].append(operation)
    plural = str(pairs[0][0].at[0])
    pieces = None if document.faults else pieces_of(document.text, plural)
    if pieces is None:
        return False
    value: Any = document.value
    new, values = list(pieces.entries), list(value[plural])
    try:
        for index, operations in by_entry.items():
            new[index], values[index] = _edited(draft, path, pieces, (plural, index), operations)
        text = "".join([pieces.head, *new])
        found = read_text(text)
        if found.faults or not says_same(text, found.value, {plural: values}):
            return False
        draft.put_text(path, text)
    except NotWrittenError:
        return False
    return True


def _edited(
    draft: Draft, path: str, pieces: Pieces, at: tuple[str, int], operations: Sequence[Operation]
) -> tuple[str, Mapping[str, Any]]:
    """Return the lines and the value of an entry after operations.

    Raises:
        NotWrittenError: They can't be made in these lines.
    """
    plural, index = at
    own, below = pieces.entries[index], "".join(pieces.entries[index + 1 : index + 2])
    head = f"{plural}:{line_end(own)}"
    part = draft.excerpt(path, f"{head}{own}{below}", pieces.layout)
    for operation in operations:
        make(part, operation)
    document = part.document(path)
    if not (document.text.startswith(head) and document.text.endswith(below)):
        raise NotWrittenError("Other lines would change too")
    value: Any = document.value
    return document.text[len(head) : len(document.text) - len(below)], value[plural][0]
