"""The Jinja sandbox of pages and views: they are data, so only permitted code can run.

There are three restrictions. A template reads only attributes without an underscore, and only of data. It
calls only the functions that it was given, its own macros, and a few methods of texts and lists. Every loop,
call and text counts towards a limit, and nothing larger than the remaining limit is created.
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

from handbook.read.page_language import (
    DATE_METHODS,
    LIST_METHODS,
    LOOP_METHODS,
    MAPPING_METHODS,
    TEXT_METHODS,
    MacroSyntaxError,
)
from handbook.read.templates import check_depth

STEPS = 5_000_000
"""The maximum number of steps of a template: items, calls, and hundreds of characters read."""
CHARACTERS = 50_000_000
"""The maximum length of all text that a template creates."""
LONGEST_NUMBER = 4_096
"""The maximum size of an integer in bits."""
LARGEST_ARGUMENT = 1_000
"""The maximum value of an argument that controls the output of a filter, such as a width."""

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
"""The types without attributes for a template, in addition to classes and modules."""
_INNER = (type, ModuleType, CodeType, FrameType, TracebackType)
"""The values that no attribute returns to a template."""
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
"""The steps of a filter, of a call of a macro, and of each list item in an argument."""
_ITEMS, _TEXT, _WEIGH, _BLOCK = "handbook.items", "handbook.text", "handbook.weigh", "handbook.block"
"""The names of counting filters, which a template cannot contain."""

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
"""The errors of a template while it is rendered."""


class LimitError(TemplateRuntimeError):
    """A template exceeds a limit."""


class Function:
    """A function that a template can only call."""

    __slots__ = ("_cost", "_function")

    def __init__(self, function: Callable[..., Any], cost: int = 100) -> None:
        self._function = function
        self._cost = cost

    @property
    def jinja_pass_arg(self) -> Any:
        """The values that Jinja passes to the function before its arguments."""
        return getattr(self._function, "jinja_pass_arg", None)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: D102 - as the function says
        return self._function(*args, **kwargs)


def offer(values: Mapping[str, Any], cost: int = 100) -> dict[str, Any]:
    """Return values for a template, with every function as a callable one."""
    return {
        name: Function(value, cost) if callable(value) and not isinstance(value, Function) else value
        for name, value in values.items()
    }


class Meter:
    """Count the steps and output of a template."""

    __slots__ = ("_characters", "_most_characters", "_steps")

    def __init__(self, most_characters: int = CHARACTERS) -> None:
        self._most_characters = most_characters
        self.begin()

    def begin(self) -> None:
        """Start a rendering with full limits."""
        self._steps = STEPS
        self._characters = self._most_characters

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
    """A template whose rendering starts with full limits."""

    environment: Sandbox

    def render(self, *args: Any, **kwargs: Any) -> str:
        self.environment.meter.begin()
        return super().render(*args, **kwargs)


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment for untrusted templates.

    Args:
        filters: The filters, in addition to those that count.
        globals_: The functions and values.
        tests: Tests in addition to those of Jinja.
        methods: The callable methods of other types, by type.
        finalize: Converts the output of a template.
        options: The options of the Jinja environment.
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

        @pass_eval_context  # so that Jinja does not evaluate it in advance for constants
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

    # Compilation

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
            # Python limits how deeply blocks are nested.
            raise TemplateSyntaxError("a part of it is nested too deep", 1, None, filename) from error

    # Attributes and items

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
        """Return an attribute if no item has that name."""
        if name.startswith("_"):
            return self.unsafe_undefined(obj, name)
        try:
            value = getattr(obj, name)
        except AttributeError:
            return self.undefined(obj=obj, name=name)
        return value if self._is_data(obj, name, value) else self.unsafe_undefined(obj, name)

    def _is_data(self, obj: Any, name: str, value: Any) -> bool:
        """Return whether a template can read the value of an attribute."""
        if isinstance(value, (Undefined, Function, Macro, BlockReference, LoopContext)):
            return True
        if isinstance(value, (MethodType, BuiltinFunctionType)):
            return value.__self__ is obj and self._is_method(value) and value.__name__ == name
        return not callable(value) and not isinstance(value, _INNER)

    def _is_method(self, method: MethodType | BuiltinFunctionType) -> bool:
        """Return whether templates can call a method."""
        owner = method.__self__
        return any(isinstance(owner, kind) and method.__name__ in names for kind, names in self._methods)

    # Calls

    def is_safe_callable(self, obj: Any) -> bool:
        """Return whether a template can call a value."""
        if isinstance(obj, (MethodType, BuiltinFunctionType)):
            return self._is_method(obj)
        return isinstance(obj, (Function, Macro, BlockReference, LoopContext, Undefined))

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805, PYI063
        """Call a value if the template is allowed to."""
        meter = __self.meter
        if not __self.is_safe_callable(__obj):
            raise SecurityError("this cannot be called by a template")
        meter.step(__obj._cost if isinstance(__obj, Function) else _MACRO_COST)  # noqa: SLF001 - our own
        # The macro itself counts its use of the arguments.
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

    # Calculations

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

    # Limits

    def _items(self, values: Any, text: int = 0) -> Any:
        """Count the items of a loop, each with the text in the loop."""
        if isinstance(values, (*_CONTAINERS, str, range)):
            self.meter.step(len(values))
            self.meter.make(len(values) * text)
            return values
        if isinstance(values, Iterator):
            return self._counted_items(values, text)
        return values

    def _given(self, value: Any) -> Any:
        """Count the arguments of a function. List items count more, because the function can draw them."""
        return self._counted_items(value, steps=_ITEM_COST) if isinstance(value, (Iterator, range)) else value

    def _counted_items(self, values: Iterable[Any], text: int = 0, steps: int = 1) -> Iterator[Any]:
        for value in values:
            self.meter.step(steps)
            self.meter.make(text)
            yield value

    def _text(self, value: Any) -> Any:
        """Count a part of a joined text."""
        if callable(value) and not isinstance(value, Undefined):
            raise SecurityError("a function is called with parentheses")
        if isinstance(self.meter.weigh(value), str):
            self.meter.make(len(value))
        return value

    def _block(self, text: int) -> str:
        """Count the text of a block."""
        self.meter.step()
        self.meter.make(text)
        return ""

    def _counted(self, function: Callable[..., Any], guard: _Guard | None = None) -> Callable[..., Any]:
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
            return self._counted_items(result) if isinstance(result, Iterator) else result

        return call


def _is_closed(obj: Any) -> bool:
    """Return whether a template can read nothing from a value."""
    return type(obj) in _CLOSED or isinstance(obj, (Function, type, ModuleType))


# Guards check the input of a filter before it runs. Each returns the value for the filter.

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
    """Insert the counting filters into a template."""
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
    """Return the length of the text in a block, including nested blocks."""
    return sum(
        len(node.data) for part in body for node in _nodes(part) if isinstance(node, nodes.TemplateData)
    )


def _weighed(expression: nodes.Expr) -> nodes.Expr:
    return expression if isinstance(expression, nodes.Const) else _filtered(expression, _WEIGH)


def _filtered(expression: nodes.Node, name: str, *args: nodes.Expr) -> nodes.Expr:
    lineno = getattr(expression, "lineno", None) or 1
    return nodes.Filter(expression, name, list(args), [], None, None, lineno=lineno)
