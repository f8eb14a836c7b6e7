"""Write a value as YAML that programs with YAML 1.1 and 1.2 read the same."""

from __future__ import annotations

import json
import re
from typing import Any

from handbook.read.yaml.scalars import WORDS

_PLAIN = re.compile(
    r"[A-Za-z](?:[\w ./;()'+%&=?!-]|:(?=[^\s]))*(?<! )"  # starts with a letter
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}"  # a date
    r"|[0-9]{1,9} [a-z]+",  # a number with its unit
    re.ASCII,
)
"""Texts that need no quotes. There are others, but none that are likely in a new entry."""

_OLD_WORDS = frozenset({"y", "n", "yes", "no", "on", "off"})
"""Words that are true or false in YAML 1.1, in any case."""

_UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that JSON leaves unescaped and YAML reads differently or not at all."""


def written(value: Any) -> str:
    """Write a text, a number, a boolean or null on one line."""
    if not isinstance(value, str):
        return json.dumps(value)
    if _PLAIN.fullmatch(value) and value not in WORDS and value.lower() not in _OLD_WORDS:
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
