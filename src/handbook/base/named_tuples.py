"""Named tuples as `typing` has them, made in a quarter of the time.

Every run makes a hundred of these classes. `typing` compiles each of their annotations, which nothing reads,
and `collections` six functions for each class. Here, classes with the same number of fields share the code
that makes an object, and all classes share the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import NamedTuple, Self  # noqa: TID251 - as type checkers know them
else:
    from collections import _tuplegetter
    from functools import cache
    from types import CodeType, FunctionType

    _GLOBALS = {"new": tuple.__new__}

    @cache
    def _code(number: int) -> CodeType:
        """Return the code that makes an object with a number of fields."""
        names = "".join(f"_{index}, " for index in range(number))
        return eval(f"lambda _cls, {names}: new(_cls, ({names}))", _GLOBALS).__code__  # noqa: S307 - its own

    class _Tuple(tuple):
        """What all of the classes have."""

        __slots__ = ()

        @classmethod
        def _make(cls, values: Iterable[Any]) -> Self:
            return cls(*values)

        def _replace(self, /, **values: Any) -> Self:
            found = tuple.__new__(type(self), map(values.pop, self._fields, self))
            if values:
                raise ValueError(f"Got unexpected field names: {[*values]}")
            return found

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            fields = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
            return f"{type(self).__name__}({fields})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

    class _Maker(type):
        """Makes the classes that inherit from `NamedTuple`."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            """Return a class with the annotated fields of a body, in their order, and the rest of it."""
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = tuple(body.get("__annotations__", ()))
            defaults = {field: body.pop(field) for field in fields if field in body}
            code = _code(len(fields)).replace(co_varnames=("_cls", *fields), co_name="__new__")
            made = {
                "__slots__": (),
                "_fields": fields,
                "_field_defaults": defaults,
                "__match_args__": fields,
                "__new__": FunctionType(code, _GLOBALS, "__new__", tuple(defaults.values())),
            }
            made |= {field: _tuplegetter(index, None) for index, field in enumerate(fields)}
            others = (base for base in bases if base is not NamedTuple)
            return type(name, (_Tuple, *others), made | body)

    class NamedTuple(metaclass=_Maker):
        """What a class inherits from to become a named tuple."""


__all__ = ["NamedTuple"]
