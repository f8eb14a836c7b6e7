"""Named tuples like those of `typing`, which take twice the time to make.

Every run makes a hundred of these classes, and `typing` compiles each of their annotations, which nothing
reads. So these are made by `collections` alone.
"""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import NamedTuple
else:

    class _Maker(type):
        """Makes the classes below `NamedTuple`."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            """Return a class with the annotated fields of a body, in their order, and the rest of it."""
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = body.get("__annotations__", ())
            defaults = [body.pop(field) for field in fields if field in body]
            fields = namedtuple(name, fields, defaults=defaults, module=body["__module__"])  # noqa: PYI024 - see above
            others = (base for base in bases if base is not NamedTuple)
            return type(name, (fields, *others), {"__slots__": (), **body})

    class NamedTuple(metaclass=_Maker):
        """What a class inherits from to become a named tuple."""


__all__ = ["NamedTuple"]
