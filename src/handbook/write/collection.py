"""One entry more in a file that holds a list of them. Everything else in the file stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from handbook.read.document import Document, read_document
from handbook.read.faults import FaultKind
from handbook.write.errors import NotWrittenError

_LINE_END = re.compile(r"\r\n|\n|\r")
_MARK = "\ufeff"
_STEP = 2


def with_item(
    data: bytes, path: str, plural: str, lines: Sequence[str], value: Mapping[str, Any]
) -> tuple[bytes, int]:
    """A file with an entry behind its last one, and the line on which the new one begins.

    Args:
        data: The file as it is; it may be empty.
        path: What the file is called in messages.
        plural: The key of the list.
        lines: The entry from the first column, its dash included.
        value: What the lines say.

    Raises:
        NotWrittenError: The file is wrong, or written in a way that nothing can be put behind.
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
    _see_that_it_says(after, path, {plural: [*items, value]})
    return after, read_document(after).value_span((plural, len(items))).line


def _items(document: Document, path: str, plural: str) -> list[Any]:
    """The entries that a file holds."""
    value = document.value
    faults = [fault for fault in document.faults if fault.kind is not FaultKind.EMPTY]
    if not faults and value is None:
        return []
    found = value.get(plural) if isinstance(value, dict) and list(value) == [plural] else ...
    if faults or not isinstance(found, (list, type(None))):
        raise NotWrittenError(f"{path} is wrong as it is; `handbook validate` says where, mend that first")
    return found or []


def _open_end(document: Document, path: str, plural: str, items: Sequence[Any]) -> tuple[str, int]:
    """The text that a list goes on behind, and the column of its dashes, counted from 0."""
    if document.value is None:
        return document.text, _STEP
    start, written = document.written((plural,))
    if not items:
        # `tools: []` becomes `tools:`.
        stop = start + len(written)
        kept = document.text[:start].rstrip(" ") if written else document.text[:start]
        return kept + document.text[stop:], _STEP
    if written.startswith("["):
        raise NotWrittenError(
            f"{path} has its entries in brackets; put each on lines of its own, with a dash"
        )
    return document.text, document.value_span((plural,)).column - 1


def _is_spaced(document: Document, plural: str, items: Sequence[Any]) -> bool:
    """Whether an empty line stands between the entries: above the last one, and its comments."""
    if not items[1:]:
        return False
    line = document.value_span((plural, len(items) - 1)).line - 1
    while document.line(line).lstrip().startswith("#"):
        line -= 1
    return not document.line(line).strip()


def _see_that_it_says(data: bytes, path: str, value: Any) -> None:
    """Reads what is about to be written: a file can end in more ways than one can think of."""
    document = read_document(data)
    if document.faults or _bare(document.value) != _bare(value):
        raise NotWrittenError(
            f"the list in {path} cannot be gone on with; delete what stands behind its last entry"
        )


def _bare(value: Any) -> Any:
    """A value without the line ends of its texts: one comes to a last line that had none."""
    if isinstance(value, Mapping):
        return {name: _bare(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_bare(part) for part in value]
    return value.rstrip("\n") if isinstance(value, str) else value
