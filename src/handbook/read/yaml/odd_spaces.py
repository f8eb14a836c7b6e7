"""Odd spaces, such as the non-breaking space of a web page, and hidden characters, where YAML has structure.

Inside a text they are right, as in `10 000 €`. In an indent, and next to a value, they come from pasted text,
and the value is another than the one that everyone sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yaml import ScalarNode

from handbook.read.yaml.changes import Change
from handbook.read.yaml.characters import HIDDEN, LIKE_HYPHEN, ODD_SPACES
from handbook.read.yaml.faults import Fault, FaultKind, short

_INVISIBLE = frozenset("\u200b\u2060")
_SPACES = f" \t{ODD_SPACES}"

_FRAME = re.compile(rf"[{_SPACES}]*(?:-[{_SPACES}]+)*(?:[\w-]+[{_SPACES}]*:(?=[{_SPACES}])[{_SPACES}]*)?")
"""The start of a line up to its text: the indent, the dashes of lists and the name of a field."""

_MISREAD = re.compile(rf"[{_SPACES}]*(?:-|[\w-]+:)[ \t]*[{ODD_SPACES}]")
_LINE = re.compile(r"[^\r\n]*")
_WORD = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
"""An ID, a choice or the name of a field."""
_HINT = "Use the space of the keyboard"


def frame_changes(line: str, start: int) -> list[Change]:
    """Return the changes for odd spaces in the structure of a line, not in its text.

    Args:
        line: The line.
        start: Its offset.
    """
    frame = _FRAME.match(line)
    changes = []
    for index, character in enumerate(frame[0] if frame else ""):
        if character in ODD_SPACES:
            # After a dash or a colon, one space is enough; in an indent, each counts.
            is_extra = index > 0 and line[index - 1] in _SPACES and bool(line[:index].strip(_SPACES))
            new = "" if is_extra or character in _INVISIBLE else " "
            changes.append(Change(start + index, start + index + 1, new))
    return changes


def name_of(text: str) -> str:
    """Return the name of the first odd space in a text, as the start of a sentence."""
    return _named(next(character for character in text if character in ODD_SPACES))


def _named(found: str) -> str:
    import unicodedata  # noqa: PLC0415 - only a mistake needs it

    name = "non-breaking space" if found == "\u00a0" else unicodedata.name(found).lower()
    return f"{name.capitalize()} (U+{ord(found):04X})"


def misread_fault(node: ScalarNode, text: str) -> Fault | None:
    """Return the fault of a text that is an item or a field whose space YAML takes for a letter."""
    if node.style or not _MISREAD.match(node.value):
        return None
    start, end = node.start_mark.index, node.end_mark.index
    changes = tuple(change for line, at in _lines(text, start, end) for change in frame_changes(line, at))
    if not changes:
        return None
    at = changes[0].start
    signs = text[start:at].split()
    place = f"after `{short(signs[-1])}`" if signs else "at the start"
    message = f"{name_of(text[at])} {place}"
    return Fault(FaultKind.SPACE, message, _HINT, at, at + 1, changes)


def edge_fault(node: ScalarNode, text: str) -> Fault | None:
    """Return the fault of odd spaces around a value or the name of a field.

    In quotes, only those around a single word count: around others, someone can want them.
    """
    value = node.value.strip(_SPACES)
    if value == node.value or not value or node.style in {"|", ">"}:
        return None
    start, end = node.start_mark.index, node.end_mark.index
    if node.style:
        start, end = start + 1, end - 1
    written = text[start:end]
    inner = written.strip(_SPACES)
    before, _, after = written.partition(inner)
    if set(before + after) <= set(" \t") or (node.style and (inner != value or any(map(str.isspace, inner)))):
        return None
    changes = [Change(start, start + len(before), "")] if before.strip(" \t") else []
    if before and not node.style:
        line, at = next(_lines(text, start, start))
        changes = [
            change for change in frame_changes(line, at) if change.start < start + len(before)
        ] or changes
    if after.strip(" \t"):
        changes.append(Change(end - len(after), end, ""))
    place = "before" if before else "after"
    message = f"{name_of(before or after)} {place} `{short(inner)}`"
    return Fault(FaultKind.SPACE, message, _HINT, changes[0].start, changes[0].end, tuple(changes))


def hidden_fault(node: ScalarNode, text: str, *, is_name: bool) -> Fault | None:
    """Return the fault of characters that no one sees in a single word: it is another word than it looks.

    Args:
        node: The value.
        text: The text of the file.
        is_name: Whether the word is an ID or the name of a field. Others can have a special hyphen.
    """
    odd = HIDDEN + LIKE_HYPHEN * is_name
    word = re.sub(f"[{HIDDEN}]", "", node.value)
    word = word.replace(LIKE_HYPHEN, "-") if is_name else word
    start, end = node.start_mark.index, node.end_mark.index
    places = [at for at in range(start, end) if text[at] in odd] if word != node.value else []
    if not places or not _WORD.fullmatch(word):
        return None
    first = text[places[0]]
    changes = tuple(Change(at, at + 1, "-" if text[at] == LIKE_HYPHEN else "") for at in places)
    hint = "Use the hyphen of the keyboard" if first == LIKE_HYPHEN else "Remove it: no one sees it"
    message = f"{_named(first)} in `{short(word)}`"
    return Fault(FaultKind.SPACE, message, hint, places[0], places[0] + 1, changes)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """Yield the lines of a part of a text, each with its offset."""
    at = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    while at <= end:
        line = _LINE.match(text, at)[0]  # type: ignore[index]  # an empty line fits
        yield line, at
        at += len(line) + 1
