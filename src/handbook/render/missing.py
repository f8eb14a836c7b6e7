"""Fields that the schema doesn't have. A shipped view shows nothing for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from jinja2 import ChainableUndefined

_Filter = TypeVar("_Filter", bound=Callable[..., Any])


class Missing(ChainableUndefined):
    """A field that the schema doesn't have: empty, without items, and not defined."""


def passes_missing(function: _Filter) -> _Filter:
    """Make a filter return a missing field as it is."""

    @wraps(function)
    def apply(value: Any, *args: Any, **options: Any) -> Any:
        return value if isinstance(value, Missing) else function(value, *args, **options)

    return cast("_Filter", apply)
