"""The reader of schemas that explains: jsonschema, with what it leaves unsaid.

It takes its time to start, so it is imported when something does not fit, and not before.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend

from handbook.read.registry import make_registry
from handbook.read.validation import Validator, fits_pattern, frozen_value, is_time_zone


def errors(validator: Validator, value: Any) -> Iterator[ValidationError]:
    """What does not fit the schema of a validator, if anything."""
    if validator.fits(value):
        return
    explained = False
    for error in _explaining(validator).iter_errors(value):
        explained = True
        yield error
    if not explained:
        # The fast one knows more formats and is stricter about what `\d` and `\w` stand for.
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
    """The keyword `properties`; unlike jsonschema's own, it says which field a `false` is about."""
    if not isinstance(instance, dict):
        return
    for name, schema in properties.items():
        if name not in instance:
            continue
        if schema is False:
            about: Any = None  # what jsonschema calls the keyword of a schema that is `false`
            yield ValidationError("", validator=about, path=(name,), instance=instance[name], schema=False)
        else:
            yield from validator.descend(instance[name], schema, path=name, schema_path=name)


def _pattern(_validator: Any, pattern: str, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    """The keyword `pattern`, with one reading of patterns for both readers of schemas."""
    if isinstance(instance, str) and not fits_pattern(pattern, instance):
        yield ValidationError("")


def _unique_items(_validator: Any, wanted: Any, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    """The keyword `uniqueItems`; jsonschema's own compares each item with each when they are mappings."""
    if wanted and isinstance(instance, list) and len(set(map(frozen_value, instance))) < len(instance):
        yield ValidationError("")


def _is_number(_checker: Any, value: Any) -> bool:
    """Infinity and not-a-number are numbers to YAML, but not to JSON nor to anybody who pays them."""
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


def _is_pattern(text: object) -> bool:
    """Whether a pattern can be read; jsonschema's own check ends in a traceback for a very deep one."""
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
