"""Add an entry to a file with a list of entries. Everything else in the file stays unchanged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handbook.read.yaml.document import Document, read_document, read_text
from handbook.read.yaml.faults import FaultKind
from handbook.write.editing import Editing
from handbook.write.encoding import encoded
from handbook.write.errors import NotWrittenError

_STEP = "  "


def with_item(data: bytes, path: str, plural: str, lines: Sequence[str]) -> tuple[bytes, int]:
    """Return a file with one more entry at its end, and the first line of the entry.

    Args:
        data: The file, which can be empty.
        path: The name of the file in messages.
        plural: The key of the list.
        lines: The entry from the first column, including its dash.

    Raises:
        NotWrittenError: The file is invalid, or its format does not allow adding an entry.
    """
    before = read_document(data)
    items = _items(before, path, plural)
    if before.value is None:
        text = before.text
        start = text if not text or text.endswith(("\n", "\r")) else f"{text}\n"
        text = "".join([start, f"{plural}:\n", *(f"{_STEP}{line}\n" if line else "\n" for line in lines)])
    else:
        editing = Editing(before.text, before.value, path)
        # A text of several lines ends with a line end.
        item: Any = read_text("\n".join([*lines, ""])).value
        editing.insert((plural,), len(items), item[0], lines)
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
