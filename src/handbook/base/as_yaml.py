"""Write values as YAML on one line."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from handbook.base.regex import regex

_NOT_PRINTABLE = regex("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def as_yaml(value: Any, *, indent: int | None = None, default: Callable[[Any], Any] | None = None) -> str:
    """Return a value as JSON that is YAML as well.

    JSON can write an emoji as two codes, which YAML reads as two halves of a character.

    Args:
        value: The value.
        indent: The spaces of each level; without it, everything is on one line.
        default: Converts values that JSON does not have.
    """
    text = json.dumps(value, indent=indent, default=default, ensure_ascii=False)
    return _NOT_PRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
