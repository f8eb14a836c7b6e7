"""Correct a value or a key where it is written: quotes, comments and layout stay."""

from __future__ import annotations

import json
import re
from typing import Any, Literal

from handbook.base.as_yaml import as_yaml
from handbook.base.fixes import Edit, Fix
from handbook.base.regex import regex
from handbook.read.yaml.document import Document, Pointer
from handbook.read.yaml.scalars import SWITCHES, NumberTooLongError, resolve_plain

_PLAIN = regex(r"[A-Za-z0-9][\w/-]*|\d+ [a-z]+", re.ASCII)
"""Texts such as IDs, choices, dates and durations, which need no quotes unless they are another value so."""
AS_TEXT = object()
"""In place of a new value: the same characters in quotes. The value of `1.10` has lost the last one."""
AS_QUOTED = object()
"""In place of a new value: the characters of a mapping in quotes. It is a text with a colon."""
AS_LIST = object()
"""In place of a new value: the same text as a list, by its lines or its commas, or as the only item."""
AS_UNCOMMENTED = object()
"""In place of no value: the comment without a space after its sign that is there, in quotes: `#channel`."""


def respelled(  # noqa: PLR0913 - the place, the new spelling and what is known of it
    document: Document,
    path: str,
    pointer: Pointer,
    new: Any,
    side: Literal["value", "key"] = "value",
    *,
    is_safe: bool = True,
) -> Fix | None:
    """Return the fix that replaces a value or a key by another one.

    Args:
        document: The text that contains it.
        path: The file of the text, for the edit.
        pointer: The place of the value.
        new: The new one: a text, a number or a boolean, or one of the constants above.
        side: Whether to replace the value or its key.
        is_safe: Whether there is one right answer.

    Returns:
        The fix, or nothing if the value has an anchor or escapes, or is an alias or on several lines.
    """
    if new is AS_QUOTED or new is AS_LIST:
        from handbook.read.yaml.restructuring import as_list, as_quoted  # noqa: PLC0415 - only a mistake needs it

        return (as_quoted if new is AS_QUOTED else as_list)(document, path, pointer, is_safe=is_safe)
    if new is AS_UNCOMMENTED:
        from handbook.read.yaml.restructuring import as_uncommented  # noqa: PLC0415 - only a mistake needs it

        return as_uncommented(document, path, pointer, is_safe=is_safe)
    old: Any = pointer[-1] if side == "key" else _value(document.value, pointer)
    span = document.key_span(pointer) if side == "key" else document.value_span(pointer)
    start = document.offset(span)
    written = document.text[start : start + span.end_column - span.column]
    quote = written[:1] if written[:1] in {'"', "'"} else ""
    inner = written[1:-1] if quote else written
    is_as_written = inner == old if isinstance(old, str) else not quote and _is_spelling(inner, old)
    if not is_as_written:
        return None
    text = f'"{written}"' if new is AS_TEXT else _text(new, quote)
    return Fix((Edit(path, span, text),), is_safe=is_safe)


def _value(value: Any, pointer: Pointer) -> Any:
    for part in pointer:
        if isinstance(value, dict):
            value = value.get(part)
        else:
            is_item = isinstance(value, list) and isinstance(part, int) and part < len(value)
            value = value[part] if is_item else None
    return value


def _is_spelling(text: str, value: Any) -> bool:
    try:
        return bool(resolve_plain(text) == value)
    except NumberTooLongError:  # the value is what was read instead of it
        return False


def _text(new: Any, quote: str) -> str:
    """Return the spelling of a value, in the quotes of the current one if it is a text."""
    if not isinstance(new, str):
        return json.dumps(new)
    if quote and new.isprintable() and not {"\\", "'", '"'}.intersection(new):
        return f"{quote}{new}{quote}"
    is_plain = _PLAIN.fullmatch(new) and resolve_plain(new) == new and new.lower() not in SWITCHES
    return new if is_plain else as_yaml(new)
