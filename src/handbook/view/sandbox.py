"""The Jinja that pages and views are rendered with: they are data, so it runs nothing but what it is given.

There are three walls. A template reads attributes without an underscore, of values that are data. It calls
the functions that it was given, its own macros, and a few methods of texts and lists. And it does so within
limits: every loop, call and text counts, and nothing is made that is larger than what is left.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from types import (
    AsyncGeneratorType,
    BuiltinFunctionType,
    CodeType,
    CoroutineType,
    FrameType,
    FunctionType,
    GeneratorType,
    MethodType,
    MethodWrapperType,
    ModuleType,
    TracebackType,
)
from typing import Any, TypeAlias, cast

from jinja2 import (
    StrictUndefined,
    Template,
    TemplateError,
    TemplateRuntimeError,
    TemplateSyntaxError,
    Undefined,
    nodes,
    pass_eval_context,
)
from jinja2.exceptions import SecurityError
from jinja2.filters import make_attrgetter
from jinja2.nodes import EvalContext
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from handbook.read.macros import MacroSyntaxError
from handbook.read.page_language import (
    DATE_METHODS,
    LIST_METHODS,
    LOOP_METHODS,
    MAPPING_METHODS,
    TEXT_METHODS,
)
from handbook.read.templates import check_depth

STEPS = 5_000_000
"""How much a template may do: items gone through, calls, characters looked at by the hundred."""
CHARACTERS = 50_000_000
"""How much text it may make, all together."""
LONGEST_NUMBER = 4_096
"""How many bits a whole number may have."""
LARGEST_ARGUMENT = 1_000
"""How large a number may be that says how much a filter makes, such as a width."""

_CONTAINERS = (list, tuple, dict, set, frozenset)
_SEQUENCES = (str, bytes, list, tuple)
_CLOSED = frozenset(
    {
        *(FunctionType, BuiltinFunctionType, MethodType, MethodWrapperType),
        *(
            CodeType,
            FrameType,
            TracebackType,
            GeneratorType,
            CoroutineType,
            AsyncGeneratorType,
            Macro,
            BlockReference,
        ),
    }
)
"""What has no attributes for a template, beside classes and modules."""
_INNER = (type, ModuleType, CodeType, FrameType, TracebackType)
"""What no attribute gives to a template."""
_METHODS: tuple[tuple[type, frozenset[str]], ...] = (
    (str, TEXT_METHODS),
    (dict, MAPPING_METHODS),
    (list, LIST_METHODS),
    (tuple, LIST_METHODS),
    (LoopContext, LOOP_METHODS),
    (dt.date, DATE_METHODS),
    (dt.datetime, DATE_METHODS),
)
_NO_NAMESPACE = "a namespace only holds values; use those"
_FILTER_COST, _MACRO_COST, _ITEM_COST = 5, 20, 50
"""What a filter counts, calling a macro of the template, and each item of a list that a function is given."""
_ITEMS, _TEXT, _WEIGH, _BLOCK = "handbook.items", "handbook.text", "handbook.weigh", "handbook.block"
"""Filters that count. Their names cannot be written in a template."""

RENDERING_ERRORS = (
    TemplateError,
    TypeError,
    ValueError,
    AttributeError,
    ArithmeticError,
    LookupError,
    RecursionError,
    MemoryError,
)
"""What the text of a template can raise while it is rendered."""


class LimitError(TemplateRuntimeError):
    """A template does or makes too much."""


class Function:
    """A function that a template can call, and can do nothing else with."""

    __slots__ = ("_cost", "_function")

    def __init__(self, function: Callable[..., Any], cost: int = 100) -> None:
        self._function = function
        self._cost = cost

    @property
    def jinja_pass_arg(self) -> Any:
        """What Jinja gives the function before its arguments, by the mark of its author."""
        return getattr(self._function, "jinja_pass_arg", None)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: D102 - as the function says
        return self._function(*args, **kwargs)


def offer(values: Mapping[str, Any], cost: int = 100) -> dict[str, Any]:
    """Return values for a template, with every function as one that it can call."""
    return {
        name: Function(value, cost) if callable(value) and not isinstance(value, Function) else value
        for name, value in values.items()
    }


class Meter:
    """Counts what a template does."""

    __slots__ = ("_characters", "_most_characters", "_steps")

    def __init__(self, most_characters: int = CHARACTERS) -> None:
        self._most_characters = most_characters
        self.begin()

    def begin(self) -> None:
        """Begin a rendering, with everything left."""
        self._steps = STEPS
        self._characters = self._most_characters

    def step(self, number: int = 1) -> None:
        """Count steps.

        Raises:
            LimitError: There are none left.
        """
        self._steps -= number
        if self._steps < 0:
            raise LimitError("it takes too many steps")

    def make(self, length: int) -> None:
        """Count characters that are made.

        Raises:
            LimitError: There are none left.
        """
        self._characters -= length
        if self._characters < 0:
            raise LimitError("its text becomes too long")

    def weigh(self, value: Any) -> Any:
        """Count everything in a value that is looked at as a whole, and return it.

        A list may hold another one twice, and that one yet another one twice: small to keep, and endless to
        write out or to compare.
        """
        if isinstance(value, str):
            self.step(len(value) // 100)
        elif isinstance(value, Namespace):
            raise TypeError(_NO_NAMESPACE)
        elif isinstance(value, _CONTAINERS):
            pending: list[Any] = [value]
            while pending:
                container = pending.pop()
                self.step(len(container) + 1)
                parts = [*container, *container.values()] if isinstance(container, dict) else container
                for part in parts:
                    if isinstance(part, _CONTAINERS):
                        pending.append(part)
                    elif isinstance(part, str):
                        self.step(len(part) // 100)
                    elif isinstance(part, Namespace):
                        raise TypeError(_NO_NAMESPACE)
        return value


class _Template(Template):
    """A template whose rendering begins with everything left."""

    environment: Sandbox

    def render(self, *args: Any, **kwargs: Any) -> str:
        self.environment.meter.begin()
        return super().render(*args, **kwargs)


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment for templates that come with the text.

    Args:
        filters: The filters there are, beside those that count.
        globals_: The functions and values there are.
        tests: Tests beside those of Jinja.
        methods: Methods of other types that can be called, by type.
        finalize: Turns what a template outputs into what is written.
        options: As Jinja's environment takes them.
    """

    template_class = _Template
    most_characters = CHARACTERS
    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(
        self,
        *,
        filters: Mapping[str, Callable[..., Any]],
        globals_: Mapping[str, Any],
        tests: Mapping[str, Callable[[Any], bool]] | None = None,
        methods: Mapping[type, frozenset[str]] | None = None,
        finalize: Callable[[Any], Any],
        **options: Any,
    ) -> None:
        self.meter = meter = Meter(self.most_characters)

        @pass_eval_context  # so that Jinja does not shorten it for what is written out in the template
        def write(_context: EvalContext, value: Any) -> Any:
            if callable(value) and not isinstance(value, Undefined):
                raise SecurityError("a function is called with parentheses")
            meter.step()
            text = finalize(meter.weigh(value))
            if isinstance(text, str):
                meter.make(len(text))
            return text

        super().__init__(undefined=StrictUndefined, finalize=write, optimized=False, **options)
        self._methods = (*_METHODS, *(methods or {}).items())
        self.globals = offer(globals_)
        self.tests = {
            name: self._counted(cast("Callable[..., Any]", test))
            for name, test in {**self.tests, **(tests or {})}.items()
        }
        self.filters = {
            **{name: self._counted(function, _GUARDS.get(name)) for name, function in filters.items()},
            _ITEMS: self._items,
            _TEXT: self._text,
            _WEIGH: meter.weigh,
            _BLOCK: self._block,
        }

    # What a template is turned into.

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        try:
            check_depth(tree)
        except MacroSyntaxError as error:
            raise TemplateSyntaxError(error.message, error.line, name, filename) from error
        _count(tree)
        return tree

    def _compile(self, source: str, filename: str) -> CodeType:
        try:
            return super()._compile(source, filename)
        except (SyntaxError, RecursionError, MemoryError) as error:
            # Python has limits of its own to what stands in each other.
            raise TemplateSyntaxError("a part of it is nested too deep", 1, None, filename) from error

    # What a template reads.

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute, or an item of that name."""
        if attribute.startswith("_") or _is_closed(obj):
            return self.unsafe_undefined(obj, attribute)
        try:
            value = getattr(obj, attribute)
        except AttributeError:
            try:
                return obj[attribute]
            except (TypeError, LookupError):
                return self.undefined(obj=obj, name=attribute)
        return value if self._is_data(obj, attribute, value) else self.unsafe_undefined(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return an item, or an attribute of that name."""
        if _is_closed(obj):
            return self.unsafe_undefined(obj, str(argument))
        if isinstance(argument, _CONTAINERS):
            self.meter.weigh(argument)
        try:
            return obj[argument]
        except (TypeError, LookupError):
            if isinstance(argument, str):
                return self._attribute(obj, str(argument))
            return self.undefined(obj=obj, name=argument)

    def _attribute(self, obj: Any, name: str) -> Any:
        """An attribute where there is no item of that name."""
        if name.startswith("_"):
            return self.unsafe_undefined(obj, name)
        try:
            value = getattr(obj, name)
        except AttributeError:
            return self.undefined(obj=obj, name=name)
        return value if self._is_data(obj, name, value) else self.unsafe_undefined(obj, name)

    def _is_data(self, obj: Any, name: str, value: Any) -> bool:
        """Whether the value of an attribute may be seen by a template."""
        if isinstance(value, (Undefined, Function, Macro, BlockReference, LoopContext)):
            return True
        if isinstance(value, (MethodType, BuiltinFunctionType)):
            return value.__self__ is obj and self._is_method(value) and value.__name__ == name
        return not callable(value) and not isinstance(value, _INNER)

    def _is_method(self, method: MethodType | BuiltinFunctionType) -> bool:
        """Whether a method is one that templates can call."""
        owner = method.__self__
        return any(isinstance(owner, kind) and method.__name__ in names for kind, names in self._methods)

    # What a template calls.

    def is_safe_callable(self, obj: Any) -> bool:
        """Return whether a template can call a value."""
        if isinstance(obj, (MethodType, BuiltinFunctionType)):
            return self._is_method(obj)
        return isinstance(obj, (Function, Macro, BlockReference, LoopContext, Undefined))

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805, PYI063
        """Call what a template may call."""
        meter = __self.meter
        if not __self.is_safe_callable(__obj):
            raise SecurityError("this cannot be called by a template")
        meter.step(__obj._cost if isinstance(__obj, Function) else _MACRO_COST)  # noqa: SLF001 - our own
        # What a macro of the template does with its arguments counts there.
        for value in () if isinstance(__obj, Macro) else (*args, *kwargs.values()):
            meter.weigh(value)
            if isinstance(value, _CONTAINERS):
                meter.step(_ITEM_COST * len(value))
        if isinstance(__obj, Function):
            args = tuple(__self._given(value) for value in args)
            kwargs = {name: __self._given(value) for name, value in kwargs.items()}
        if isinstance(__obj, LoopContext) and args:
            args = (__self._items(args[0]), *args[1:])
        elif isinstance(__obj, (MethodType, BuiltinFunctionType)):
            owner = meter.weigh(__obj.__self__)
            if __obj.__name__ == "replace":
                _check_replaced(__self, owner, *args)
            elif __obj.__name__ == "join":
                args = (_check_joined(__self, args[0] if args else (), owner),)
        return __context.call(__obj, *args, **kwargs)

    # What a template calculates.

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002
        """Calculate, within the limits."""
        if operator == "%" and isinstance(left, (str, bytes)):
            raise SecurityError("`%` cannot be used with a text")
        if isinstance(left, _SEQUENCES) or isinstance(right, _SEQUENCES):
            lengths = [len(side) if isinstance(side, _SEQUENCES) else 1 for side in (left, right)]
            if operator == "+":
                self._count_length(left, sum(lengths))
            elif operator == "*":
                times = left if isinstance(left, int) else right if isinstance(right, int) else 0
                self._count_length(left, max(times, 0) * max(lengths))
        elif isinstance(left, int) and isinstance(right, int) and operator in {"*", "**"}:
            bits = left.bit_length() + right.bit_length()
            if operator == "**":
                bits = left.bit_length() * max(right, 0)
            if bits > LONGEST_NUMBER:
                raise LimitError("a number becomes too long")
        return self.binop_table[operator](left, right)

    def _count_length(self, value: Any, length: int) -> None:
        if isinstance(value, (str, bytes)):
            self.meter.make(length)
        else:
            self.meter.step(length)
            self.meter.make(length)

    # What counts.

    def _items(self, values: Any, text: int = 0) -> Any:
        """Count what a loop goes through, each item with the text in the loop."""
        if isinstance(values, (*_CONTAINERS, str, range)):
            self.meter.step(len(values))
            self.meter.make(len(values) * text)
            return values
        if isinstance(values, Iterator):
            return self._counted_items(values, text)
        return values

    def _given(self, value: Any) -> Any:
        """What a function is given: the items of a list count for more, because it may draw them."""
        return self._counted_items(value, steps=_ITEM_COST) if isinstance(value, (Iterator, range)) else value

    def _counted_items(self, values: Iterable[Any], text: int = 0, steps: int = 1) -> Iterator[Any]:
        for value in values:
            self.meter.step(steps)
            self.meter.make(text)
            yield value

    def _text(self, value: Any) -> Any:
        """Count a part of a text that is put together."""
        if callable(value) and not isinstance(value, Undefined):
            raise SecurityError("a function is called with parentheses")
        if isinstance(self.meter.weigh(value), str):
            self.meter.make(len(value))
        return value

    def _block(self, text: int) -> str:
        """Count the text of a block that begins."""
        self.meter.step()
        self.meter.make(text)
        return ""

    def _counted(self, function: Callable[..., Any], guard: _Guard | None = None) -> Callable[..., Any]:
        """A filter or a test that counts what it is given, and is refused what would become too large."""
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
            return self._counted_items(result) if isinstance(result, Iterator) else result

        return call


def _is_closed(obj: Any) -> bool:
    """Whether a template reads nothing from a value."""
    return type(obj) in _CLOSED or isinstance(obj, (Function, type, ModuleType))


# What a filter is given is looked at before it works. Each gives the value that the filter is to work on.

_Guard: TypeAlias = Callable[..., Any]


def _check_joined(sandbox: Sandbox, values: Any, separator: Any = "", attribute: Any = None) -> Any:
    items = list(sandbox._counted_items(values))  # noqa: SLF001 - our own
    read = make_attrgetter(sandbox, attribute) if attribute is not None else None
    for item in items:
        text = read(item) if read else item
        sandbox.meter.make(len(separator) if isinstance(separator, str) else 1)
        sandbox.meter.make(len(text) if isinstance(sandbox.meter.weigh(text), str) else 1)
    return items


def _check_replaced(sandbox: Sandbox, text: Any, old: Any, new: Any, *_args: Any, **_kwargs: Any) -> Any:
    whole, part = str(text), str(old)
    found = whole.count(part) if part else len(whole) + 1
    sandbox.meter.make(len(whole) + found * len(str(new)))
    return text


def _check_indented(sandbox: Sandbox, text: Any, width: Any = 4, *_args: Any, **_kwargs: Any) -> Any:
    spaces = len(width) if isinstance(width, str) else width
    _check_number(sandbox, text, spaces)
    sandbox.meter.make(len(str(text)) + spaces * (len(str(text).splitlines()) + 1))
    return text


def _check_number(_sandbox: Sandbox, value: Any, number: Any = 0, *_args: Any, **_kwargs: Any) -> Any:
    if isinstance(number, int) and abs(number) > LARGEST_ARGUMENT:
        raise LimitError("a number is too large for a filter")
    return value


def _check_rounded(sandbox: Sandbox, value: Any, precision: Any = 0, *_args: Any, **_kwargs: Any) -> Any:
    return _check_number(sandbox, value, precision)


def _check_summed(_sandbox: Sandbox, values: Any, attribute: Any = None, start: Any = 0) -> Any:  # noqa: ARG001
    if not isinstance(start, (int, float)):
        raise TypeError("a sum starts at a number")
    return values


_GUARDS: Mapping[str, _Guard] = {
    "batch": lambda sandbox, value, linecount=0, *_args, **_kwargs: _check_number(sandbox, value, linecount),
    "indent": _check_indented,
    "join": _check_joined,
    "replace": _check_replaced,
    "round": _check_rounded,
    "slice": lambda sandbox, value, slices=0, *_args, **_kwargs: _check_number(sandbox, value, slices),
    "sum": _check_summed,
}


def _count(tree: nodes.Template) -> None:
    """Put what counts into a template."""
    for node in list(_nodes(tree)):
        if isinstance(node, nodes.For):
            node.iter = _filtered(node.iter, _ITEMS, nodes.Const(_text_length(node.body)))
        elif isinstance(node, nodes.Compare):
            node.expr = _weighed(node.expr)
            for operand in node.ops:
                operand.expr = _weighed(operand.expr)
        elif isinstance(node, nodes.Concat):
            node.nodes = [
                part if isinstance(part, nodes.Const) else _filtered(part, _TEXT) for part in node.nodes
            ]
        elif isinstance(node, nodes.Pair):
            node.key = _weighed(node.key)
        elif isinstance(node, (nodes.Template, nodes.Macro, nodes.CallBlock, nodes.Block)):
            length = _text_length(node.body)
            if length and not any(isinstance(part, nodes.Extends) for part in node.body):
                counts = nodes.ExprStmt(_filtered(nodes.Const(length), _BLOCK), lineno=1)
                node.body = [counts, *node.body]


def _nodes(tree: nodes.Node) -> Iterator[nodes.Node]:
    pending = [tree]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(node.iter_child_nodes())


def _text_length(body: Iterable[nodes.Node]) -> int:
    """How much text stands in a block, that of the blocks in it included."""
    return sum(
        len(node.data) for part in body for node in _nodes(part) if isinstance(node, nodes.TemplateData)
    )


def _weighed(expression: nodes.Expr) -> nodes.Expr:
    return expression if isinstance(expression, nodes.Const) else _filtered(expression, _WEIGH)


def _filtered(expression: nodes.Node, name: str, *args: nodes.Expr) -> nodes.Expr:
    lineno = getattr(expression, "lineno", None) or 1
    return nodes.Filter(expression, name, list(args), [], None, None, lineno=lineno)
