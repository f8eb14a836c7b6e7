"""Correct a value that YAML reads as another type, such as a text with a colon and a space."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from handbook.base.fixes import Edit, Fix
from handbook.read.yaml.changes import Change, changed
from handbook.read.yaml.document import Document, Pointer
from handbook.read.yaml.lines import Lines, quotes, without_comment
from handbook.read.yaml.slips import list_marker

_HIDDEN = re.compile(r"[ \t]+(#[^\s#].*?)[ \t]*(?=[\r\n]|\Z)")
"""A text that YAML reads as a comment."""


def as_quoted(document: Document, path: str, pointer: Pointer, *, is_safe: bool) -> Fix | None:
    """Return the fix that puts quotes around a text on one line that is read as a field."""
    start, written = document.written(pointer)
    text = without_comment(written.rstrip())
    if not text or text[0] in "{[&*!\"'" or "\n" in text or "\r" in text or " #" in text:
        return None
    return _fix(document, path, quotes(text, start, start + len(text)), is_safe=is_safe)


def as_list(document: Document, path: str, pointer: Pointer, *, is_safe: bool) -> Fix | None:
    """Return the fix that makes a list of a text: of lines with signs, of IDs with commas, or of one item."""
    start, written = document.written(pointer)
    if not written or written[0] in "|>&*!":
        return None
    lines = Lines(document.text)
    first, last = lines.number(start), lines.number(start + len(written))
    before = document.text[lines.start(first) : start]
    if before.strip():
        if first != last:
            return None
        if is_safe:
            changes = Change(start, start, "["), Change(start + len(written), start + len(written), "]")
            return _fix(document, path, changes)
        space = len(before) - len(before.rstrip(" "))
        indent = len(before) - len(before.lstrip(" -")) + 2
        change = Change(start - space, start, f"\n{' ' * indent}- ")
        return _fix(document, path, (change,), is_safe=False)
    slips = [list_marker(lines, number) for number in range(first, last + 1)]
    # Other items can be right, and a long one can continue on a line that is indented further.
    for number, slip in enumerate(slips, first):
        if (
            slip is None
            and lines.indent(number) <= len(before)
            and not lines[number].strip().startswith("- ")
        ):
            return None
    return _fix(document, path, [change for slip in slips if slip for change in slip.changes])


def as_items(
    document: Document, path: str, pointer: Pointer, items: Sequence[str], *, is_safe: bool
) -> Fix | None:
    """Return the fix that makes a list of IDs of a text on one line, or items of an item of a list."""
    start, written = document.written(pointer)
    written = without_comment(written.rstrip())
    if not written or written[0] in "|>&*!{[" or "\n" in written:
        return None
    before = document.text[document.text.rfind("\n", 0, start) + 1 : start]
    if not isinstance(pointer[-1], int):
        text = f"[{', '.join(items)}]"
    elif not before.strip(" -"):
        if not before.strip():
            return None
        text = f"\n{' ' * before.rindex('-')}- ".join(items)
    else:
        text = ", ".join(items)
    return _fix(document, path, (Change(start, start + len(written), text),), is_safe=is_safe)


def as_uncommented(document: Document, path: str, pointer: Pointer, *, is_safe: bool) -> Fix | None:
    """Return the fix that puts quotes around a comment in place of a value, if it has no space after `#`."""
    start, written = document.written(pointer)
    hidden = _HIDDEN.match(document.text, start)
    if written or not hidden:
        return None
    text = changed(hidden[1], quotes(hidden[1], 0, len(hidden[1])))
    return _fix(document, path, (Change(*hidden.span(1), text),), is_safe=is_safe)


def _fix(document: Document, path: str, changes: Iterable[Change], *, is_safe: bool = True) -> Fix:
    edits = (Edit(path, document.whole_span(start, end), text) for start, end, text in changes)
    return Fix(tuple(edits), is_safe=is_safe)
