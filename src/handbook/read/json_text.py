"""The shortest way from text to value, for the files that are JSON, such as schemas.

YAML reads JSON, but for a few texts that hardly anybody writes. Those are left to YAML, like everything that
is wrong: what is read here, it would read the same.
"""

from __future__ import annotations

import json
import re
from typing import NoReturn

from handbook.read.building import Value
from handbook.read.composing import MAX_DEPTH, most_nodes
from handbook.read.scalars import NumberTooLongError, resolve_plain

# Each begins with the character to find, which makes the search ten times as fast.
_DISTANT_COLON = re.compile(r'"\s*[\r\n]\s*:')
"""A colon on another line than its key."""

_CODE = re.compile(r"\\(?<!\\\\)(?:\\\\)*[bfu]")
"""A code, which may give a character that is not allowed."""

_LONGEST_KEY = 150
"""A key takes at most 1,024 characters in YAML, and one in it up to six."""


def read_json(text: str) -> dict[str, Value] | None:
    """What a text says that is one sound JSON object; otherwise, or when in doubt, nothing."""
    if text[:1] != "{" or _DISTANT_COLON.search(text) or _CODE.search(text):
        return None
    try:
        value: dict[str, Value] = _DECODER.decode(text)
    except (ValueError, RecursionError, NumberTooLongError):
        return None
    return value if _is_within_limits(value, most_nodes(text)) else None


def _mapping(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
    mapping = dict(pairs)
    if len(mapping) < len(pairs) or any(len(key) > _LONGEST_KEY for key in mapping):
        raise ValueError
    return mapping


def _no_number(_: str) -> NoReturn:
    """NaN and the like, which Python takes for JSON."""
    raise ValueError


_DECODER = json.JSONDecoder(
    object_pairs_hook=_mapping, parse_int=resolve_plain, parse_float=resolve_plain, parse_constant=_no_number
)


def _is_within_limits(value: Value, nodes: int) -> bool:
    """Whether a value is less deep than YAML may be, and has as many parts as it may have."""
    level: list[Value] = [value]
    nodes -= 1
    for _ in range(MAX_DEPTH - 1):
        below: list[Value] = []
        for collection in level:
            if isinstance(collection, dict):
                nodes -= 2 * len(collection)
                below += [part for part in collection.values() if isinstance(part, (dict, list))]
            elif isinstance(collection, list):
                nodes -= len(collection)
                below += [part for part in collection if isinstance(part, (dict, list))]
        if not below or nodes < 0:
            return nodes >= 0
        level = below
    return False
