"""Explain why a value does not match its schema, with jsonschema.

It is slow to import, so it is imported only if a value does not match.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend

from handbook.read.schemas.registry import make_registry
from handbook.read.schemas.validation import Validator, fits_pattern, frozen_value, is_time_zone


def errors(validator: Validator, value: Any) -> Iterator[ValidationError]:
    """Yield the errors of a value against the schema of a validator."""
    if validator.fits(value):
        return
    explained = False
    for error in _explaining(validator).iter_errors(value):
        explained = True
        yield error
    if not explained:
        # The fast validator knows more formats and is stricter about `\d` and `\w`.
        for found in validator.raw_errors(value):
            yield ValidationError(
                found.message, validator="format", path=found.instance_path, instance=found.instance
            )


@lru_cache(maxsize=64)
def _explaining(validator: Validator) -> Any:
    return _Explaining(
        validator.schema,
        registry=make_registry(validator.others),
        format_checker=_FORMATS,
    )


def _properties(
    validator: Any, properties: Mapping[str, Any], instance: Any, _schema: Any
) -> Iterator[ValidationError]:
    """Apply the keyword `properties`; unlike jsonschema's own, name the field of a `false`."""
    if not isinstance(instance, dict):
        return
    for name, schema in properties.items():
        if name not in instance:
            continue
        if schema is False:
            about: Any = None  # jsonschema has no keyword for a schema that is `false`
            yield ValidationError("", validator=about, path=(name,), instance=instance[name], schema=False)
        else:
            yield from validator.descend(instance[name], schema, path=name, schema_path=name)


def _pattern(_validator: Any, pattern: str, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    """Apply the keyword `pattern` like the fast validator does."""
    if isinstance(instance, str) and not fits_pattern(pattern, instance):
        yield ValidationError("")


def _unique_items(_validator: Any, wanted: Any, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    """Apply the keyword `uniqueItems`; jsonschema's own compares each pair of items if they are mappings."""
    if wanted and isinstance(instance, list) and len(set(map(frozen_value, instance))) < len(instance):
        yield ValidationError("")


def _is_number(_checker: Any, value: Any) -> bool:
    """Reject infinity and not-a-number, which are numbers in YAML but not in JSON."""
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


def _is_pattern(text: object) -> bool:
    """Return whether a pattern is valid; jsonschema's own check raises an exception for very deep ones."""
    if isinstance(text, str):
        re.compile(text)
    return True


_FORMATS = FormatChecker(Draft202012Validator.FORMAT_CHECKER.checkers)
_FORMATS.checks("regex", raises=(re.error, OverflowError, RecursionError))(_is_pattern)
_FORMATS.checks("time-zone")(lambda name: not isinstance(name, str) or is_time_zone(name))

_Explaining: Any = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {"properties": _properties, "pattern": _pattern, "uniqueItems": _unique_items},
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine("number", _is_number),
)
