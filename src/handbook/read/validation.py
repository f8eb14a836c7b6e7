"""One schema, two readers: a fast one that only says whether a value fits, and one that explains.

jsonschema-rs answers for 10,000 entries while jsonschema reads the first hundred; jsonschema's errors are
the ones the rest of the engine knows how to put into words. So it is asked only about what does not fit.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any

import jsonschema_rs
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from handbook.read.registry import make_registry

_UNCHECKED_FORMATS = {"uri-reference": lambda _: True}  # marks an address; its pattern checks it


class Validator:
    """Checks values against one schema.

    Args:
        schema: The schema, with an `$id`.
        others: Every schema it may refer to, by file name.
    """

    def __init__(self, schema: Mapping[str, Any], others: Mapping[str, Mapping[str, Any]]) -> None:
        self._schema = schema
        self._others = others
        self._fast = jsonschema_rs.Draft202012Validator(
            dict(schema),
            retriever=lambda uri: dict(others[uri.rpartition("/")[2]]),
            validate_formats=True,
            formats=_UNCHECKED_FORMATS,
        )

    @cached_property
    def _explaining(self) -> Any:
        return _Explaining(
            self._schema,
            registry=make_registry(self._others),
            format_checker=Draft202012Validator.FORMAT_CHECKER,
        )

    def errors(self, value: Any) -> Iterator[ValidationError]:
        """What does not fit, if anything."""
        if self._fast.is_valid(value):
            return
        explained = False
        for error in self._explaining.iter_errors(value):
            explained = True
            yield error
        if not explained:
            # The fast one knows more formats and is stricter about what `\d` and `\w` stand for.
            for found in self._fast.iter_errors(value):
                yield ValidationError(
                    found.message, validator="format", path=found.instance_path, instance=found.instance
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
    """The keyword `pattern`; its `$` is the end of the text, Python's also stands before a line break."""
    if isinstance(instance, str) and not compile_pattern(pattern).search(instance):
        yield ValidationError("")


@lru_cache(maxsize=256)
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """A pattern of JSON Schema in Python's words.

    Raises:
        re.error: Python cannot read it.
    """
    return re.compile(re.sub(r"(\\.|\[(?:\\.|[^\]\\])*\])|\$", lambda found: found[1] or r"\Z", pattern))


def _is_number(_checker: Any, value: Any) -> bool:
    """Infinity and not-a-number are numbers to YAML, but not to JSON nor to anybody who pays them."""
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


_Explaining: Any = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {"properties": _properties, "pattern": _pattern},
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine("number", _is_number),
)
