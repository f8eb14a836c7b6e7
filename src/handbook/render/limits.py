"""The limits of templates: every loop, call and text counts, and nothing larger than the rest is created.

It is long because every way to use up a limit is in one place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from typing import Any, TypeAlias

from jinja2 import TemplateRuntimeError, Undefined
from jinja2.exceptions import SecurityError
from jinja2.filters import make_attrgetter
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

STEPS = 5_000_000
"""The maximum number of steps of a template: items, calls, and hundreds of characters read."""
STEPS_OF_AN_ENTRY = 2_000
"""The steps that a view has in addition for each entry of the handbook."""
CHARACTERS = 50_000_000
"""The maximum length of all text that a template creates."""
LONGEST_NUMBER = 4_096
"""The maximum size of an integer in bits."""
LARGEST_ARGUMENT = 1_000
"""The maximum value of an argument that controls the output of a filter, such as a width."""

CONTAINERS = (list, tuple, dict, set, frozenset)
_SEQUENCES = (str, bytes, list, tuple)
_WEIGHED = (*CONTAINERS, Namespace)
_FILTER_COST, _ITEM_COST = 5, 50
"""The steps of a filter, and of each list item in an argument."""
_READ_IN_A_STEP = 100
"""The characters that a step reads."""


class LimitError(TemplateRuntimeError):
    """A template exceeds a limit."""


class Meter:
    """Count the steps and output of a template.

    Attributes:
        entries: The number of entries, to which the steps of a view are in proportion.
    """

    __slots__ = ("_characters", "_steps", "entries")

    def __init__(self) -> None:
        self.entries = 0
        self.begin()

    def begin(self) -> None:
        """Start a rendering with full limits."""
        self._steps = STEPS + STEPS_OF_AN_ENTRY * self.entries
        self._characters = CHARACTERS

    def step(self, number: int = 1) -> None:
        """Count steps.

        Raises:
            LimitError: The limit is reached.
        """
        self._steps -= number
        if self._steps < 0:
            raise LimitError("it takes too many steps")

    def make(self, length: int) -> None:
        """Count created characters.

        Raises:
            LimitError: The limit is reached.
        """
        self._characters -= length
        if self._characters < 0:
            raise LimitError("its text becomes too long")

    def weigh(self, value: Any) -> Any:
        """Count everything in a value that is read as a whole, and return it.

        Lists can contain the same list several times, at several levels: they take little memory, but forever
        to write or compare.
        """
        if isinstance(value, str):
            if len(value) >= _READ_IN_A_STEP:
                self.step(len(value) // _READ_IN_A_STEP)
            return value
        pending: list[Any] = [value] if isinstance(value, _WEIGHED) else []
        while pending:
            part = pending.pop()
            if isinstance(part, CONTAINERS):
                self.step(len(part) + 1)
                pending.extend(part)
                pending.extend(part.values() if isinstance(part, dict) else ())
            elif isinstance(part, str):
                self.step(len(part) // _READ_IN_A_STEP)
            elif isinstance(part, Namespace):
                raise TypeError("a namespace only holds values; use those")
        return value

    def written(self, value: Any) -> Any:
        """Count a value that is written as a part of a text, and return it."""
        if callable(value) and not isinstance(value, Undefined):
            raise SecurityError("a function is called with parentheses")
        return self.weigh(value)

    def text(self, value: Any) -> Any:
        """Count a part of a joined text, and return it."""
        if isinstance(self.written(value), str):
            self.make(len(value))
        return value

    def block(self, text: int) -> str:
        """Count the text of a block by its length."""
        self.step()
        self.make(text)
        return ""

    def items(self, values: Any, text: int = 0) -> Any:
        """Count the items of a loop, each with the length of the text in the loop, and return them."""
        if isinstance(values, (*CONTAINERS, str, range)):
            self.step(len(values))
            self.make(len(values) * text)
            return values
        return self.each(values, text) if _is_iterator(values) else values

    def each(self, values: Iterable[Any], text: int = 0, steps: int = 1) -> Iterator[Any]:
        """Count items one after another, each with some text and steps, and yield them."""
        for value in values:
            self.step(steps)
            self.make(text)
            yield value

    def argument(self, value: Any) -> Any:
        """Count an argument of a function, and return it. Items count more: the function can draw them."""
        is_counted = _is_iterator(value) or isinstance(value, range)
        return self.each(value, steps=_ITEM_COST) if is_counted else value

    def call(self, cost: int, arguments: Iterable[Any]) -> None:
        """Count a call with its arguments."""
        self.step(cost)
        for value in arguments:
            self.weigh(value)
            if isinstance(value, CONTAINERS):
                self.step(_ITEM_COST * len(value))


def _is_iterator(value: object) -> bool:
    """Tell whether a value is an iterator, several times faster than its abstract class."""
    return hasattr(type(value), "__next__")


class Limited(ImmutableSandboxedEnvironment):
    """An environment with limits."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})
    meter: Meter

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002
        """Calculate, within the limits."""
        if operator == "%" and isinstance(left, (str, bytes)):
            raise SecurityError("`%` cannot be used with a text")
        if isinstance(left, _SEQUENCES) or isinstance(right, _SEQUENCES):
            lengths = [len(side) if isinstance(side, _SEQUENCES) else 1 for side in (left, right)]
            times = left if isinstance(left, int) else right if isinstance(right, int) else 0
            length = {"+": sum(lengths), "*": max(times, 0) * max(lengths)}.get(operator, 0)
            self.meter.step(0 if isinstance(left, (str, bytes)) else length)
            self.meter.make(length)
        elif isinstance(left, int) and isinstance(right, int) and operator in {"*", "**"}:
            bits = left.bit_length() + right.bit_length()
            if operator == "**":
                bits = left.bit_length() * max(right, 0)
            if bits > LONGEST_NUMBER:
                raise LimitError("a number becomes too long")
        return self.binop_table[operator](left, right)

    def counted(self, function: Callable[..., Any], guard: Guard | None = None) -> Callable[..., Any]:
        """Return a filter or test that counts its input and refuses results that are too large."""
        meter = self.meter
        first = 1 if hasattr(function, "jinja_pass_arg") else 0

        @wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            meter.step(_FILTER_COST)
            for value in (*args[first:], *kwargs.values()):
                meter.weigh(value)
            if guard is not None:
                args = (*args[:first], guard(self, *args[first:], **kwargs), *args[first + 1 :])
            result = function(*args, **kwargs)
            return meter.each(result) if _is_iterator(result) else result

        return call


# Guards check the input of a filter before it runs. Each returns the value for the filter.

Guard: TypeAlias = Callable[..., Any]


def check_joined(sandbox: Limited, values: Any, separator: Any = "", attribute: Any = None) -> Any:
    """Count the text of joined items, and return them."""
    items = list(sandbox.meter.each(values))
    read = make_attrgetter(sandbox, attribute) if attribute is not None else None
    for item in items:
        text = read(item) if read else item
        sandbox.meter.make(len(separator) if isinstance(separator, str) else 1)
        sandbox.meter.make(len(text) if isinstance(sandbox.meter.weigh(text), str) else 1)
    return items


def check_replaced(sandbox: Limited, text: Any, old: Any, new: Any, *_args: Any, **_kwargs: Any) -> Any:
    """Count a text with replaced parts, and return it."""
    whole = str(text)
    sandbox.meter.make(len(whole) + whole.count(str(old)) * len(str(new)))
    return text


def _check_indented(sandbox: Limited, text: Any, width: Any = 4, *_args: Any, **_kwargs: Any) -> Any:
    spaces = len(width) if isinstance(width, str) else width
    _limited("width")(sandbox, text, spaces)
    sandbox.meter.make(len(str(text)) + spaces * (len(str(text).splitlines()) + 1))
    return text


def _check_summed(_sandbox: Limited, values: Any, attribute: Any = None, start: Any = 0) -> Any:  # noqa: ARG001
    if not isinstance(start, (int, float)):
        raise TypeError("a sum starts at a number")
    return values


def _limited(name: str) -> Guard:
    """Return a guard of the first argument, a number with this name."""

    def check(_sandbox: Limited, value: Any, *args: Any, **kwargs: Any) -> Any:
        number = args[0] if args else kwargs.get(name, 0)
        if isinstance(number, int) and abs(number) > LARGEST_ARGUMENT:
            raise LimitError("a number is too large for a filter")
        return value

    return check


GUARDS: Mapping[str, Guard] = {
    "batch": _limited("linecount"),
    "indent": _check_indented,
    "join": check_joined,
    "replace": check_replaced,
    "round": _limited("precision"),
    "slice": _limited("slices"),
    "sum": _check_summed,
}
