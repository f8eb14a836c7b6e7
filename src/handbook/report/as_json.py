"""JSON for every reader: in ASCII, so that no encoding stands in the way, and without half characters."""

from __future__ import annotations

import json
import re

_HALF = re.compile(r"(\\\\|\\ud[89ab]..\\ud[c-f]..)|\\ud[89a-f]..")
"""Half of a character that is written as two escapes, where the other half is missing. Many parsers refuse
that. A file's name that is not UTF-8 leaves some behind."""


def as_json(value: object) -> str:
    """A value as JSON that people can read, too."""
    text = json.dumps(value, indent=2)
    return _HALF.sub(lambda match: match[1] or r"\ufffd", text) + "\n"
