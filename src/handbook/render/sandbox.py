"""The Jinja sandbox of pages and views: they are data, so only permitted code can run.

There are three restrictions. A template reads only attributes without an underscore, and only of data. It
calls only the functions that it was given, its own macros, and a few methods of texts and lists. Every loop,
call and text counts towards a limit, and nothing larger than the remaining limit is created.

It is long because all that restricts a template is in one place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
    NoneType,
    TracebackType,
)
from typing import Any, cast

from jinja2 import (
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
    Undefined,
    nodes,
    pass_eval_context,
)
from jinja2.exceptions import SecurityError
from jinja2.nodes import EvalContext
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from markupsafe import Markup

from handbook.base.text import Plain
from handbook.read.page_language import LOOP_METHODS, METHODS, MacroSyntaxError
from handbook.read.templates import check_depth
from handbook.render.counting import BLOCK, ITEMS, TEXT, WEIGH, count
from handbook.render.limits import (
    CONTAINERS,
    GUARDS,
    Limited,
    Meter,
    check_joined,
    check_replaced,
)

_CLOSED = {
    *(FunctionType, BuiltinFunctionType, MethodType, MethodWrapperType, CodeType, FrameType, TracebackType),
    *(GeneratorType, CoroutineType, AsyncGeneratorType, Macro, BlockReference),
}
"""The types without attributes for a template, in addition to classes and modules."""
_INNER = (type, ModuleType, CodeType, FrameType, TracebackType)
"""The values that no attribute returns to a template."""
_DATA = {*CONTAINERS, Markup, NoneType, Plain, bool, float, int, str}
"""The most usual types that a template can read."""
_MACRO_COST = 20
"""The steps of a call of a macro."""

RENDERING_ERRORS = (
    *(TemplateError, TypeError, ValueError, AttributeError, ArithmeticError, LookupError, RecursionError),
    MemoryError,
)
"""The errors of a template while it is rendered."""


class Function:
    """A function that a template can only call."""

    __slots__ = ("_cost", "_function", "jinja_pass_arg")

    def __init__(self, function: Callable[..., Any], cost: int = 100) -> None:
        self._function = function
        self._cost = cost
        # The values that Jinja passes to the function before its arguments.
        self.jinja_pass_arg = getattr(function, "jinja_pass_arg", None)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: D102 - as the function says
        return self._function(*args, **kwargs)


def offer(values: Mapping[str, Any], cost: int = 100) -> dict[str, Any]:
    """Return values for a template, with every function as a callable one."""
    return {
        name: Function(value, cost) if callable(value) and not isinstance(value, Function) else value
        for name, value in values.items()
    }


class _Template(Template):
    """A template whose rendering starts with full limits."""

    environment: Sandbox

    def render(self, *args: Any, **kwargs: Any) -> str:
        self.environment.meter.begin()
        return super().render(*args, **kwargs)


class Sandbox(Limited):
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
        self.meter = meter = Meter()

        @pass_eval_context  # so that Jinja does not evaluate it in advance for constants
        def write(_context: EvalContext, value: Any) -> Any:
            meter.step()
            text = finalize(meter.written(value))
            if isinstance(text, str):
                meter.make(len(text))
            return text

        super().__init__(undefined=StrictUndefined, finalize=write, optimized=False, **options)
        # `trans` blocks pass their values as arguments. Only environments of views have them.
        self.newstyle_gettext = True
        self._methods = (*METHODS, (LoopContext, LOOP_METHODS), *(methods or {}).items())
        self.globals = offer(globals_)
        self.tests = {
            name: self.counted(cast("Callable[..., Any]", test))
            for name, test in {**self.tests, **(tests or {})}.items()
        }
        self.filters = {
            **{name: self.counted(function, GUARDS.get(name)) for name, function in filters.items()},
            ITEMS: meter.items,
            TEXT: meter.text,
            WEIGH: meter.weigh,
            BLOCK: meter.block,
        }

    # Compilation

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        try:
            check_depth(tree)
        except MacroSyntaxError as error:
            raise TemplateSyntaxError(error.message, error.line, name, filename) from error
        count(tree)
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
        if type(value) in _DATA or self._is_data(obj, attribute, value):
            return value
        return self.unsafe_undefined(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return an item, or an attribute of that name."""
        if _is_closed(obj):
            return self.unsafe_undefined(obj, str(argument))
        if isinstance(argument, CONTAINERS):
            self.meter.weigh(argument)
        try:
            return obj[argument]
        except (TypeError, LookupError):
            if isinstance(argument, str):
                return self.getattr(obj, str(argument))
            return self.undefined(obj=obj, name=argument)

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
        if type(__obj) is Macro:
            # The macro itself counts its use of the arguments.
            meter.step(_MACRO_COST)
            return __obj(*args, **_without_variables(kwargs))
        if not __self.is_safe_callable(__obj):
            raise SecurityError("this cannot be called by a template")
        is_ours = isinstance(__obj, Function)
        meter.call(__obj._cost if is_ours else _MACRO_COST, (*args, *kwargs.values()))  # noqa: SLF001 - our own
        if is_ours:
            args = tuple(map(meter.argument, args))
            kwargs = {name: meter.argument(value) for name, value in kwargs.items()}
            if __obj.jinja_pass_arg is None:
                return __obj(*args, **_without_variables(kwargs))
        if isinstance(__obj, LoopContext) and args:
            args = (meter.items(args[0]), *args[1:])
        elif isinstance(__obj, (MethodType, BuiltinFunctionType)):
            owner = meter.weigh(__obj.__self__)
            if __obj.__name__ == "replace":
                check_replaced(__self, owner, *args)
            elif __obj.__name__ == "join":
                args = (check_joined(__self, args[0] if args else (), owner),)
        return __context.call(__obj, *args, **kwargs)


def _without_variables(kwargs: dict[str, Any]) -> dict[str, Any]:
    """Remove the variables of loops and blocks, which Jinja adds for functions that get the context."""
    kwargs.pop("_loop_vars", None)
    kwargs.pop("_block_vars", None)
    return kwargs


def _is_closed(obj: Any) -> bool:
    """Return whether a template can read nothing from a value."""
    return type(obj) in _CLOSED or isinstance(obj, (Function, type, ModuleType))
