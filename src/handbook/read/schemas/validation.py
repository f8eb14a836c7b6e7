"""Check values against their schemas.

jsonschema-rs validates 10,000 entries in the time that jsonschema takes for the first hundred. For invalid
values, jsonschema explains the errors, in `explaining.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache
from math import isnan
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings

if TYPE_CHECKING:
    import jsonschema_rs

_NO_PLACES = ("localtime", "posix", "right/")
"""Files that are next to those of the time zone database on some machines only."""


def is_time_zone(name: str) -> bool:
    """Return whether a name is in the time zone database."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - only the settings have a time zone

    if name.startswith(_NO_PLACES):
        return False
    try:
        ZoneInfo(name)
    except (LookupError, OSError, ValueError):
        return False
    return True


_FORMATS = {
    "uri-reference": lambda _: True,  # marks an address, which its pattern validates
    "time-zone": is_time_zone,
}


class Validator:
    """Validates values against a schema.

    Attributes:
        schema: The schema, with an `$id`.
        others: Every schema it can refer to, by file name.
    """

    def __init__(self, schema: Mapping[str, Any], others: Mapping[str, Mapping[str, Any]]) -> None:
        self.schema = schema
        self.others = others

    @cached_property
    def _fast(self) -> jsonschema_rs.Draft202012Validator:
        """Return the schema, compiled. Many are never used."""
        return _compile(self.schema, self.others)

    def fits(self, value: Any) -> bool:
        """Return whether a value matches the schema."""
        return self._fast.is_valid(value)

    def raw_errors(self, value: Any) -> Iterator[jsonschema_rs.ValidationError]:
        """Yield the errors of a value, as reported by the fast validator."""
        yield from self._fast.iter_errors(value)


def validate_together(validators: Mapping[str, Validator]) -> Callable[[str, Any], bool]:
    """Return a function that takes a name and a value, and returns whether the value matches the schema.

    Compiling the schemas together takes less than half the time: they have many parts in common.

    Args:
        validators: Validators of schemas that can refer to the same others, by name.
    """
    others = {name: schema for each in validators.values() for name, schema in each.others.items()}
    joint = _compile({"properties": {name: dict(each.schema) for name, each in validators.items()}}, others)
    return lambda name, value: joint.is_valid({name: value})


def _compile(
    schema: Mapping[str, Any], others: Mapping[str, Mapping[str, Any]]
) -> jsonschema_rs.Draft202012Validator:
    import jsonschema_rs  # noqa: PLC0415 - takes long, and many runs validate nothing

    return jsonschema_rs.Draft202012Validator(
        dict(schema),
        retriever=lambda uri: dict(others[uri.rpartition("/")[2]]),
        validate_formats=True,
        formats=_FORMATS,
    )


def fits_pattern(pattern: str, text: str) -> bool:
    """Return whether a text matches a pattern in the fast validator: Python would take years for some."""
    return _reader_of(pattern).is_valid(text)


@lru_cache(maxsize=256)
def _reader_of(pattern: str) -> jsonschema_rs.Draft202012Validator:
    import jsonschema_rs  # noqa: PLC0415 - as above

    return jsonschema_rs.Draft202012Validator({"pattern": pattern})


def pattern_error(pattern: str) -> str | None:
    """Return the reason why a pattern is invalid, or `None` if it is valid.

    For patterns of field names, jsonschema uses the syntax of Python, and the fast validator that of
    JavaScript.
    """
    import jsonschema_rs  # noqa: PLC0415 - as above

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
    """Return a hashable value that compares as in JSON Schema: true is not 1, and 1.0 is.

    Not-a-number equals itself, unlike in Python.
    """
    if isinstance(value, dict):
        return frozenset((name, frozen_value(part)) for name, part in value.items())
    if isinstance(value, list):
        return tuple(map(frozen_value, value))
    if isinstance(value, bool) or (isinstance(value, float) and isnan(value)):
        return type(value), repr(value)
    return value
