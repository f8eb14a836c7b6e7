"""Write JSON that every program can read: in ASCII, and without half characters."""

from __future__ import annotations

import json
import re

_STARTS_HALF = r"\ud"
_HALF = re.compile(r"(\\\\|\\ud[89ab]..\\ud[c-f]..)|\\ud[89a-f]..")
"""One of the two escapes of a character, without the other. Many parsers refuse it. File names that are not
UTF-8 cause it."""


def as_json(value: object) -> str:
    """Return a value as indented JSON."""
    text = json.dumps(value, indent=2)
    if _STARTS_HALF in text:
        text = _HALF.sub(lambda match: match[1] or r"\ufffd", text)
    return f"{text}\n"
