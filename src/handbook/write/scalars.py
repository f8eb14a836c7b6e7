"""A value as YAML writes it, read the same by readers of YAML 1.1 and 1.2."""

from __future__ import annotations

import json
import re
from typing import Any

from handbook.read.scalars import WORDS

_PLAIN = re.compile(
    r"[A-Za-z](?:[\w ./;()'+%&=?!-]|:(?=[^\s]))*(?<! )"  # begins with a letter
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}"  # a day
    r"|[0-9]{1,9} [a-z]+",  # a number with its unit
    re.ASCII,
)
"""Texts that need no quotes. There are others, but none that a new entry is likely to begin with."""

_OLD_WORDS = frozenset({"y", "n", "yes", "no", "on", "off"})
"""What YAML 1.1 takes for true or false, in whatever capitals."""

_UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that JSON shows and YAML reads otherwise or not at all."""


def written(value: Any) -> str:
    """A text, a number, a truth value or nothing on one line."""
    if not isinstance(value, str):
        return json.dumps(value)
    if _PLAIN.fullmatch(value) and value not in WORDS and value.lower() not in _OLD_WORDS:
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
