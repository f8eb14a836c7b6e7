"""Register the functions that calculate figures, with the fields that they need."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from inspect import Parameter, getdoc, signature
from types import MappingProxyType
from typing import Any, Concatenate, TypeVar

from handbook.base.errors import HandbookError
from handbook.base.named_tuples import NamedTuple
from handbook.base.needs import Needs, unmet
from handbook.base.words import shown
from handbook.kinds.any.basis import Basis
from handbook.link.catalogue import Catalogue, Entry
from handbook.link.selection import UnknownFieldError
from handbook.read.audiences import may_see
from handbook.read.macros import NUMBER, TEXT, TEXTS, Takes
from handbook.read.schemas.shapes import Shape

_Function = TypeVar("_Function", bound=Callable[Concatenate[Basis, ...], object])


class Figure(NamedTuple):
    """A figure.

    Attributes:
        function: Calculates it from a basis and further arguments; `None` stands for no data.
        needs: The kinds and fields without which it would show something wrong.
        reads: Further fields that it shows or counts where a schema has them.
    """

    function: Callable[..., object]
    needs: Needs
    reads: Needs = MappingProxyType({})

    def shown_fields(self, kind: str) -> Sequence[str]:
        """Return the fields of a kind that the figure shows, such as `seats.active`."""
        return (*self.needs.get(kind, ()), *self.reads.get(kind, ()))

    def check(self, arguments: Sequence[object], named: Mapping[str, object]) -> None:
        """Check the arguments that a script gives.

        Raises:
            HandbookError: An argument is missing, unknown or has the wrong type.
        """
        name = self.function.__name__
        _basis, *parameters = signature(self.function).parameters.values()
        hint = f"Use `figure({', '.join([json.dumps(name), *(each.name for each in parameters)])})`"
        try:
            bound = signature(self.function).bind(None, *arguments, **named)
        except TypeError:
            message = f"Wrong arguments for the figure `{name}`"
            if not arguments and not named:
                message = f"The figure `{name}` needs {self.takes(parameters[0]).words}"
            raise HandbookError(message, hint) from None
        bound.apply_defaults()
        for each in parameters:
            value = bound.arguments[each.name]
            for item in value if each.kind is Parameter.VAR_POSITIONAL else [value]:
                if not self.takes(each).accepts(item):
                    given = f"one of `{item.kind.name}`" if isinstance(item, Entry) else shown(item)
                    message = f"The figure `{name}` needs {self.takes(each).words}, not {given}"
                    raise HandbookError(message, hint)

    @property
    def description(self) -> str:
        """Return what it shows, as Markdown: the docstring of its function, without its arguments."""
        return (getdoc(self.function) or "").partition("\n\nArgs:")[0]

    def takes(self, parameter: Parameter) -> Takes:
        """Return what the values of an argument have to be."""
        if parameter.annotation in _TAKES:
            return _TAKES[parameter.annotation]
        kind = next(iter(self.needs), "")
        return Takes(
            f"an entry of the content type `{kind}`" if kind else "an entry",
            lambda value: isinstance(value, Entry) and kind in {"", value.kind.name},
        )

    def calculate(self, basis: Basis, *arguments: Any, **named: Any) -> object:
        """Return the figure.

        Args:
            basis: The data that figures are calculated from.
            arguments: The arguments of the function.
            named: The arguments by name.

        Raises:
            UnknownFieldError: The schemas of the site don't have what it needs.
            HiddenFieldError: The audience can't see a field that it needs.
        """
        name = self.function.__name__
        missing = unmet(self.needs, basis.catalogue.kinds).removeprefix("no ")
        if missing:
            message = f"The figure `{name}` needs the {missing}, which the schemas of this site don't have"
            raise UnknownFieldError(message)
        hidden = self._hidden_field(basis.catalogue)
        if hidden:
            message = (
                f"The figure `{name}` needs the field `{hidden}`, which is hidden from the audience "
                f"`{basis.catalogue.gate.audience}`; remove `x-audience` from the field in its schema"
            )
            raise HiddenFieldError(message)
        return self.function(basis, *arguments, **named)

    def _hidden_field(self, catalogue: Catalogue) -> str:
        """Return the first needed field that an entry must have and the audience can't see."""
        for kind, paths in self.needs.items():
            for path in paths:
                shape: Shape | None = catalogue.kinds[kind].shape
                for name in path.split("."):
                    above = shape and (shape.items or shape)
                    shape = above and above.field(name)
                    if above and shape and not may_see(catalogue.gate.audience, shape.audience):
                        if name in above.required:
                            return name
                        break  # an entry can do without it
        return ""


class HiddenFieldError(HandbookError):
    """A figure needs a field that the audience can't see."""


_TAKES: Mapping[str, Takes] = {"int": NUMBER, "str": TEXT, "Sequence[str]": TEXTS}
"""What arguments take, by their annotations; any other one takes an entry."""
_registered: dict[str, Figure] = {}
FIGURES: Mapping[str, Figure] = MappingProxyType(_registered)
"""The figures of the imported modules; `handbook.kinds.figures` imports all of them."""


def figure(needs: Needs, reads: Needs = MappingProxyType({})) -> Callable[[_Function], _Function]:
    """Register a function as a figure, for views, macros and scripts.

    Args:
        needs: The kinds and fields without which the figure is switched off.
        reads: Further fields that it shows or counts where a schema has them.
    """

    def register(function: _Function) -> _Function:
        other = _registered.get(function.__name__)
        if other and other.function.__module__ != function.__module__:
            message = f"{other.function.__module__} and {function.__module__} both have the figure"
            raise HandbookError(f"{message} `{function.__name__}`", "Rename one of them")
        _registered[function.__name__] = Figure(function, needs, reads)
        return function

    return register
