"""One schema, two readers: a fast one that only says whether a value fits, and one that explains.

jsonschema-rs answers for 10,000 entries while jsonschema reads the first hundred; jsonschema's errors are
the ones the rest of the engine knows how to put into words. So it is asked only about what does not fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs
from jsonschema import Draft202012Validator, ValidationError

from handbook.read.registry import make_registry

_UNCHECKED_FORMATS = {"uri-reference": lambda _: True}  # marks an address; its pattern checks it


class Validator:
    """Checks values against one schema.

    Args:
        schema: The schema, with an `$id`.
        others: Every schema it may refer to, by file name.
    """

    def __init__(self, schema: Mapping[str, Any], others: Mapping[str, Mapping[str, Any]]) -> None:
        self._explaining = Draft202012Validator(
            schema,
            registry=make_registry(others),
            format_checker=Draft202012Validator.FORMAT_CHECKER,
        )
        self._fast = jsonschema_rs.Draft202012Validator(
            dict(schema),
            retriever=lambda uri: dict(others[uri.rpartition("/")[2]]),
            validate_formats=True,
            formats=_UNCHECKED_FORMATS,
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
            # Python's `$` also matches before a last line break, the schema language's does not.
            for found in self._fast.iter_errors(value):
                yield ValidationError(
                    found.message, validator="pattern", path=found.instance_path, instance=value
                )
