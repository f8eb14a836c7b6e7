"""Add entries to a file with a list of entries. Everything else in the file stays unchanged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handbook.read.yaml.document import Document, read_document, read_text
from handbook.read.yaml.faults import FaultKind
from handbook.write.changed_values import says_same
from handbook.write.editing import Editing
from handbook.write.encoding import encoded
from handbook.write.errors import NotWrittenError
from handbook.write.pieces import end_of_items

_STEP = "  "


def with_items(data: bytes, path: str, plural: str, entries: Sequence[Sequence[str]]) -> tuple[bytes, int]:
    """Return a file with more entries at its end, and the first line of the first of them.

    Args:
        data: The file, which can be empty.
        path: The name of the file in messages.
        plural: The key of the list.
        entries: The lines of each entry from the first column, including its dash; at least one.

    Raises:
        NotWrittenError: The file is invalid, or its format does not allow adding an entry.
    """
    first, *others = entries
    after, line = _with_item(data, path, plural, first)
    many = _with_others(after, path, plural, others) if others else after
    if many is None:
        many = after
        for lines in others:
            many, _ = _with_item(many, path, plural, lines)
    return many, line


def _with_others(data: bytes, path: str, plural: str, entries: Sequence[Sequence[str]]) -> bytes | None:
    """Return a file with more entries, each added as if it were the only one; `None` if that fails.

    Reading a long file for each of them would take too long.
    """
    document = read_document(data)
    end = end_of_items(document.text, plural)
    if end is None:
        return None
    added = []
    for lines in entries:
        longer = _with_item(end.encode(), path, plural, lines)[0].decode()
        if not longer.startswith(end):
            return None
        added.append(longer.removeprefix(end))
    text = document.text + "".join(added)
    value: Any = document.value
    expected = [*value[plural], *(_value(lines) for lines in entries)]
    found = read_text(text)
    if found.faults or not says_same(text, found.value, {plural: expected}):
        return None
    return encoded(data, document, text)


def _value(lines: Sequence[str]) -> Any:
    """Return the value of an entry. A text of several lines ends with a line end."""
    value: Any = read_text("\n".join([*lines, ""])).value
    return value[0]


def _with_item(data: bytes, path: str, plural: str, lines: Sequence[str]) -> tuple[bytes, int]:
    """Return a file with one more entry at its end, and the first line of the entry."""
    before = read_document(data)
    items = _items(before, path, plural)
    if before.value is None:
        text = before.text
        start = text if not text or text.endswith(("\n", "\r")) else f"{text}\n"
        text = "".join([start, f"{plural}:\n", *(f"{_STEP}{line}\n" if line else "\n" for line in lines)])
    else:
        editing = Editing(before.text, before.value, path)
        editing.insert((plural,), len(items), _value(lines), lines)
        text = editing.text
    after = encoded(data, before, text)
    if after is None:
        raise NotWrittenError(f"{path} is not UTF-8. Save it as UTF-8")
    return after, read_document(after).value_span((plural, len(items))).line


def _items(document: Document, path: str, plural: str) -> list[Any]:
    """Return the entries of a file."""
    value = document.value
    faults = [fault for fault in document.faults if fault.kind is not FaultKind.EMPTY]
    if not faults and value is None:
        return []
    found = value.get(plural) if isinstance(value, dict) and list(value) == [plural] else ...
    if faults or not isinstance(found, (list, type(None))):
        raise NotWrittenError(f"{path} is invalid. Run `handbook validate` and fix the errors first")
    return found or []
