"""Whether a value fits its schema.

jsonschema-rs answers for 10,000 entries while jsonschema reads the first hundred. What does not fit is
explained by jsonschema, in `explaining.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import isnan
from typing import Any
from warnings import catch_warnings

import jsonschema_rs

_NO_PLACES = ("localtime", "posix", "right/")
"""Files that lie beside those of the database on some machines and not on others."""


def is_time_zone(name: str) -> bool:
    """Whether the database of time zones knows a name."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - only the settings name one

    if name.startswith(_NO_PLACES):
        return False
    try:
        ZoneInfo(name)
    except (LookupError, OSError, ValueError):
        return False
    return True


_FORMATS = {
    "uri-reference": lambda _: True,  # marks an address; its pattern checks it
    "time-zone": is_time_zone,
}


class Validator:
    """Checks values against one schema.

    Attributes:
        schema: The schema, with an `$id`.
        others: Every schema it may refer to, by file name.
    """

    def __init__(self, schema: Mapping[str, Any], others: Mapping[str, Mapping[str, Any]]) -> None:
        self.schema = schema
        self.others = others
        self._fast = jsonschema_rs.Draft202012Validator(
            dict(schema),
            retriever=lambda uri: dict(others[uri.rpartition("/")[2]]),
            validate_formats=True,
            formats=_FORMATS,
        )

    def fits(self, value: Any) -> bool:
        """Whether a value is what the schema asks for."""
        return self._fast.is_valid(value)

    def raw_errors(self, value: Any) -> Iterator[jsonschema_rs.ValidationError]:
        """What does not fit, in the words of the fast reader."""
        yield from self._fast.iter_errors(value)


def fits_pattern(pattern: str, text: str) -> bool:
    """Whether a text fits a pattern, as the fast reader understands it: Python would take years for some."""
    return _reader_of(pattern).is_valid(text)


@lru_cache(maxsize=256)
def _reader_of(pattern: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator({"pattern": pattern})


def pattern_error(pattern: str) -> str | None:
    """Why a pattern cannot be used, in a few words; `None` when it can.

    jsonschema reads the patterns for names of fields as Python does, the fast reader as JavaScript does.
    """
    try:
        with catch_warnings(action="ignore"):
            re.compile(pattern)
        _reader_of(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        return getattr(error, "msg", "it is too long")
    except jsonschema_rs.ValidationError:
        return "it says too much, or something that JavaScript does not know"
    return None


def frozen_value(value: Any) -> Any:
    """A value that can be hashed and equals another as JSON Schema compares: true is not 1, and 1.0 is.

    What is not a number equals itself, which Python denies.
    """
    if isinstance(value, dict):
        return frozenset((name, frozen_value(part)) for name, part in value.items())
    if isinstance(value, list):
        return tuple(map(frozen_value, value))
    if isinstance(value, bool) or (isinstance(value, float) and isnan(value)):
        return type(value), repr(value)
    return value
