"""Missing fields. A shipped view shows nothing for those that the schema doesn't have."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from jinja2 import ChainableUndefined

from handbook.render.sandbox import Sandbox

_Filter = TypeVar("_Filter", bound=Callable[..., Any])


class Missing(ChainableUndefined):
    """A field of nothing, or that the schema doesn't have: empty, without items, and not defined."""


class ViewSandbox(Sandbox):
    """The sandbox of views. A field of a value that an entry lacks, such as of its owner, is missing too."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute, or an item of that name."""
        if obj is None and not attribute.startswith("_"):
            return Missing(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return an item, or an attribute of that name."""
        is_missing = obj is None and isinstance(argument, int)
        return Missing(name=str(argument)) if is_missing else super().getitem(obj, argument)


def passes_missing(function: _Filter) -> _Filter:
    """Make a filter return a missing field as it is."""

    @wraps(function)
    def apply(value: Any, *args: Any, **options: Any) -> Any:
        return value if isinstance(value, Missing) else function(value, *args, **options)

    return cast("_Filter", apply)
