"""Write JSON that every program can read: in ASCII, and without half characters."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from json.encoder import encode_basestring_ascii as _quoted

_FIELD, _END = "\n  ", "\n}"
"""The start of the line of a field, and the end of an object."""
_STARTS_HALF = r"\ud"
_HALF = re.compile(r"(\\\\|\\ud[89ab]..\\ud[c-f]..)|\\ud[89a-f]..")
"""One of the two escapes of a character, without the other. Many parsers refuse it. File names that are not
UTF-8 cause it."""


def as_json(value: object) -> str:
    """Return a value as indented JSON."""
    return f"{_whole(_indented(value))}\n"


def json_parts(fields: Mapping[str, object], name: str, items: Iterable[object]) -> Iterator[str]:
    """Yield an object as indented JSON, part by part: its last field is a list that can be very long.

    Args:
        fields: The other fields, at least one.
        name: The name of the last field.
        items: The items of the list.
    """
    yield f"{_whole(_indented(fields)).removesuffix(_END)},{_FIELD}{_name(name)}: ["
    below, between = f"{_FIELD}  ", ""
    for item in items:
        yield f"{between}{below}{_whole(_indented(item, below))}"
        between = ","
    yield f"{_FIELD if between else ''}]{_END}\n"


def _whole(text: str) -> str:
    """Return JSON without half characters."""
    return _HALF.sub(lambda match: match[1] or r"\ufffd", text) if _STARTS_HALF in text else text


def _indented(value: object, line: str = "\n") -> str:
    """Return a value as `json.dumps` indents it, which takes twice the time and memory.

    Args:
        value: The value.
        line: The start of the line with its end.
    """
    if isinstance(value, str):  # as most are
        return _quoted(value)
    below = f"{line}  "
    if isinstance(value, dict) and value:
        fields = (f"{below}{_name(name)}: {_indented(each, below)}" for name, each in value.items())
        return f"{{{','.join(fields)}{line}}}"
    if isinstance(value, (list, tuple)) and value:
        return f"[{','.join(f'{below}{_indented(each, below)}' for each in value)}{line}]"
    return json.dumps(value)


def _name(name: object) -> str:
    return _quoted(name if isinstance(name, str) else json.dumps(name))
