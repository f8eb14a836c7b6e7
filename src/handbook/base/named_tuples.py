"""Named tuples as `typing` has them, made in half the time.

Every run makes a hundred of these classes. `typing` compiles each of their annotations, which nothing reads,
so these are made by `collections` alone.
"""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import NamedTuple  # noqa: TID251 - as type checkers know them
else:

    class _Maker(type):
        """Makes the classes that inherit from `NamedTuple`."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            """Return a class with the annotated fields of a body, in their order, and the rest of it."""
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = body.get("__annotations__", ())
            defaults = [body.pop(field) for field in fields if field in body]
            made = namedtuple(name, fields, defaults=defaults, module=body["__module__"])  # noqa: PYI024 - as above
            others = (base for base in bases if base is not NamedTuple)
            return type(name, (made, *others), {"__slots__": (), **body})

    class NamedTuple(metaclass=_Maker):
        """What a class inherits from to become a named tuple."""


__all__ = ["NamedTuple"]
