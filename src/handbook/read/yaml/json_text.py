"""Read JSON files, such as schemas, the fastest way.

YAML can read JSON, except for a few unusual texts. Those, and all errors, are left to the YAML reader, which
reads everything else the same.
"""

from __future__ import annotations

import json
from typing import NoReturn

from handbook.base.regex import regex
from handbook.read.yaml.limits import MAX_DEPTH, most_nodes
from handbook.read.yaml.scalars import NumberTooLongError, Value, resolve_plain

# Each begins with the character to find, which makes the search ten times as fast.
_DISTANT_COLON = regex(r'"\s*[\r\n]\s*:')
"""A colon on another line than its key."""

_CODE = regex(r"\\(?<!\\\\)(?:\\\\)*[bfu]")
"""A code, which can produce a forbidden character."""

_LONGEST_KEY = 150
"""The longest key in YAML has 1,024 characters, each with up to six in the file."""


def read_json(text: str) -> dict[str, Value] | None:
    """Return the value of a valid JSON object; `None` if the text is anything else, or in doubt."""
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
    """Reject NaN and the like, which Python accepts as JSON."""
    raise ValueError


_DECODER = json.JSONDecoder(
    object_pairs_hook=_mapping, parse_int=resolve_plain, parse_float=resolve_plain, parse_constant=_no_number
)


def _is_within_limits(value: Value, nodes: int) -> bool:
    """Return whether a value is within the limits for depth and number of parts in YAML."""
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
