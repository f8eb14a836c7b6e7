"""Named tuples as `typing` has them, made in a tenth of the time.

Every run makes a hundred of these classes, and objects of a few. `typing` compiles all their annotations,
which nothing reads, and the function of each class that makes objects. Here, the first object causes that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import NamedTuple  # noqa: TID251 - as type checkers know them
else:
    from collections import namedtuple
    from functools import cache
    from types import CodeType, FunctionType

    _Field = type(namedtuple("_One", "field").field)  # noqa: PYI024 - see above
    """Finds the value of a field."""

    @cache
    def _make_with(number: int) -> CodeType:
        """Return the code that makes an object with a number of fields: many classes have as many."""
        names = ", ".join(f"_{field}" for field in range(number))
        return eval(f"lambda _of, {names}: _new(_of, ({names},))").__code__  # noqa: S307 - names of our own

    class _Tuple(tuple):
        """What all named tuples have."""

        __slots__ = ()

        def _replace(self, /, **values: Any) -> Any:
            new = tuple.__new__(type(self), map(values.pop, self._fields, self))
            if values:
                raise TypeError(f"{type(self).__name__} has no field {next(iter(values))!r}")
            return new

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

        def __repr__(self) -> str:
            values = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
            return f"{type(self).__name__}({values})"

    class _Maker(type):
        """Makes the classes that inherit from `NamedTuple`."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            """Return a class with the annotated fields of a body, in their order, and the rest of it."""
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = tuple(body["__annotations__"])
            defaults = {field: body.pop(field) for field in fields if field in body}

            def make_first(of: type, /, *values: Any, **named: Any) -> Any:
                code = _make_with(len(fields)).replace(co_qualname=name, co_varnames=("_of", *fields))
                make = FunctionType(code, {"_new": tuple.__new__}, name, tuple(defaults.values()))
                made.__new__ = staticmethod(make)
                return make(of, *values, **named)

            made = type(
                name,
                (_Tuple, *(base for base in bases if base is not NamedTuple)),
                {
                    **body,
                    **{field: _Field(place, "") for place, field in enumerate(fields)},
                    "__match_args__": fields,
                    "__new__": make_first,
                    "__slots__": (),
                    "_field_defaults": defaults,
                    "_fields": fields,
                },
            )
            return made

    class NamedTuple(metaclass=_Maker):
        """What a class inherits from to become a named tuple."""


__all__ = ["NamedTuple"]
