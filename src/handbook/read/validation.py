"""Whether a value fits its schema.

jsonschema-rs answers for 10,000 entries while jsonschema reads the first hundred. What does not fit is
explained by jsonschema, in `explaining.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import jsonschema_rs

_UNCHECKED_FORMATS = {"uri-reference": lambda _: True}  # marks an address; its pattern checks it


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
            formats=_UNCHECKED_FORMATS,
        )

    def fits(self, value: Any) -> bool:
        """Whether a value is what the schema asks for."""
        return self._fast.is_valid(value)

    def raw_errors(self, value: Any) -> Iterator[jsonschema_rs.ValidationError]:
        """What does not fit, in the words of the fast reader."""
        yield from self._fast.iter_errors(value)


@lru_cache(maxsize=256)
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """A pattern of JSON Schema in Python's words.

    Raises:
        re.error: Python cannot read it.
    """
    return re.compile(re.sub(r"(\\.|\[(?:\\.|[^\]\\])*\])|\$", lambda found: found[1] or r"\Z", pattern))
