"""Add an entry to a file with a list of entries. Everything else in the file stays unchanged."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from handbook.read.yaml.document import Document, read_document
from handbook.read.yaml.faults import FaultKind
from handbook.write.errors import NotWrittenError

_LINE_END = re.compile(r"\r\n|\n|\r")
_MARK = "\ufeff"
_STEP = 2


def with_item(
    data: bytes, path: str, plural: str, lines: Sequence[str], value: Mapping[str, Any]
) -> tuple[bytes, int]:
    """Return a file with one more entry at its end, and the first line of the entry.

    Args:
        data: The file, which can be empty.
        path: The name of the file in messages.
        plural: The key of the list.
        lines: The entry from the first column, including its dash.
        value: The value of the lines.

    Raises:
        NotWrittenError: The file is invalid, or its format does not allow adding an entry.
    """
    before = read_document(data)
    items = _items(before, path, plural)
    text, column = _open_end(before, path, plural, items)
    end = _LINE_END.search(text)
    line_end = end[0] if end else "\n"
    new = [f"{plural}:"] if before.value is None else []
    if _is_spaced(before, plural, items) and before.line(text.count("\n")).strip():
        new.append("")
    new += [f"{' ' * column}{line}" if line else "" for line in lines]
    gap = "" if not text or text.endswith(("\n", "\r")) else line_end
    mark = _MARK if data.startswith(_MARK.encode()) else ""
    after = (mark + text + gap + "".join(f"{line}{line_end}" for line in new)).encode()
    _check_result(after, path, {plural: [*items, value]})
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


def _open_end(document: Document, path: str, plural: str, items: Sequence[Any]) -> tuple[str, int]:
    """Return the text up to the end of a list, and the column of its dashes, counted from 0."""
    if document.value is None:
        return document.text, _STEP
    start, raw_value = document.written((plural,))
    if not items:
        # `tools: []` becomes `tools:`.
        stop = start + len(raw_value)
        before = document.text[:start].rstrip(" ") if raw_value else document.text[:start]
        return before + document.text[stop:], _STEP
    if raw_value.startswith("["):
        raise NotWrittenError(
            f"{path} has its entries in brackets. Put each on lines of its own, with a dash"
        )
    return document.text, document.value_span((plural,)).column - 1


def _is_spaced(document: Document, plural: str, items: Sequence[Any]) -> bool:
    """Return whether empty lines separate the entries, with comments above the last one skipped."""
    if not items[1:]:
        return False
    line = document.value_span((plural, len(items) - 1)).line - 1
    while document.line(line).lstrip().startswith("#"):
        line -= 1
    return not document.line(line).strip()


def _check_result(data: bytes, path: str, value: Any) -> None:
    """Check the result before it is written, because a file can end in unexpected ways."""
    document = read_document(data)
    if document.faults or _bare(document.value) != _bare(value):
        raise NotWrittenError(f"Could not add to the list in {path}. Remove the text after its last entry")


def _bare(value: Any) -> Any:
    """Return a value without the line ends of its texts: a last line can get one."""
    if isinstance(value, Mapping):
        return {name: _bare(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_bare(part) for part in value]
    return value.rstrip("\n") if isinstance(value, str) else value
