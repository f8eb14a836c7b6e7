"""Write a value as YAML that programs with YAML 1.1 and 1.2 read the same."""

from __future__ import annotations

import re
from typing import Any

from handbook.base.as_yaml import as_yaml
from handbook.read.yaml.scalars import SWITCHES, WORDS

_PLAIN = re.compile(
    r"[A-Za-z](?:[\w ./;()'+%&=?!-]|:(?=[^\s]))*(?<! )"  # starts with a letter
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}"  # a date
    r"|[0-9]{1,9} [a-z]+",  # a number with its unit
    re.ASCII,
)
"""Texts that need no quotes. There are others, but none that are likely in a new entry."""


def written(value: Any) -> str:
    """Write a text, a number, a boolean or null on one line."""
    is_plain = isinstance(value, str) and _PLAIN.fullmatch(value)
    return value if is_plain and value not in WORDS and value.lower() not in SWITCHES else as_yaml(value)
