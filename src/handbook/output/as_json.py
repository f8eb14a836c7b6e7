"""Write JSON that every program can read: in ASCII, and without half characters."""

from __future__ import annotations

import json
import re
from json.encoder import encode_basestring_ascii as _quoted

_STARTS_HALF = r"\ud"
_HALF = re.compile(r"(\\\\|\\ud[89ab]..\\ud[c-f]..)|\\ud[89a-f]..")
"""One of the two escapes of a character, without the other. Many parsers refuse it. File names that are not
UTF-8 cause it."""


def as_json(value: object) -> str:
    """Return a value as indented JSON."""
    text = _indented(value)
    if _STARTS_HALF in text:
        text = _HALF.sub(lambda match: match[1] or r"\ufffd", text)
    return f"{text}\n"


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
