"""Follow a view as Jinja runs it, to find the fields that it names.

It is followed through conditions, loops, assignments, macros and imported views. Whatever is too dynamic to
follow counts as shown and is not reported.

It is long because statements and expressions contain each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, TypeAlias

from jinja2 import nodes

from handbook.base.named_tuples import NamedTuple
from handbook.read.page_language import MacroSyntaxError
from handbook.read.templates import parse
from handbook.read.view_fields import ENTRY, FIGURE, Field, Load, Mention, ViewFields

_SAME = frozenset({"default", "d", "first", "last", "list", "reject", "reverse", "select", "slice", "batch"})
"""The filters that return the value, or some of its items."""
_BY_FIELD = {"map": None, "sort": 2, "unique": 1, "min": 1, "max": 1, "sum": 0, "groupby": 0}
"""The filters that take the name of a field as `attribute`, or as the argument at a position."""
_NOT_ITEMS = frozenset({"sum"})
_PICKING = frozenset({"selectattr", "rejectattr"})
_ASKING = frozenset({"defined", "undefined"})
_COUNTING = frozenset({"length", "count"})
_NOT_SHOWING = frozenset(
    {
        "address",
        "anchor",
        "download",
        "download_text",
        "more",
        "referring_items",
        "sign",
        "to_tick",
        "used_by",
    }
)
"""The functions that take an entry without showing its fields."""
_MOST_STEPS = 20_000
"""The most parts of a view that are followed. Macros that call each other can make many of few."""

_COMBINING = (nodes.And, nodes.Or, nodes.Add, nodes.List, nodes.Tuple, nodes.Dict, nodes.Pair)
"""The expressions with all values of their parts."""

_Fields: TypeAlias = frozenset[Field]
_Scope: TypeAlias = dict[str, Any]
_NONE: _Fields = frozenset()


class _TooMuchError(Exception):
    """A view has too many parts to follow."""


class _Block(NamedTuple):
    """A macro, or the block of a `call`, with its view and the names that it sees."""

    node: nodes.Macro | nodes.CallBlock
    view: str
    scope: _Scope


def read_view_fields(name: str, load: Load, root: Field) -> ViewFields:
    """Return the fields that a view names.

    Args:
        name: The name of the view.
        load: Returns the text of a view by its name.
        root: The value of the view: an entry or a figure.
    """
    reader = _Reader(load, root)
    try:
        reader.read(name)
    except (_TooMuchError, RecursionError):
        return ViewFields(whole=frozenset({root}))
    return ViewFields(
        tuple(reader.mentions),
        frozenset(reader.whole),
        frozenset(reader.optional),
        tuple(reader.figures),
        frozenset(reader.figured),
    )


@lru_cache(maxsize=64)
def _parts_of(text: str) -> Sequence[nodes.Node]:
    """Return the parts of a view; none if it is not valid Jinja, which a rule reports."""
    try:
        return tuple(parse(text, is_view=True).body)
    except MacroSyntaxError:
        return ()


class _Reader:
    """Follows a view and the views that it imports."""

    def __init__(self, load: Load, root: Field) -> None:
        self._load = load
        self._root = root
        self._view = ""
        self._steps = 0
        self._running: set[object] = set()
        self.mentions: dict[Mention, None] = {}
        self.whole: set[Field] = set()
        self.optional: set[tuple[Field, str]] = set()
        self.figures: dict[Mention, None] = {}
        self.figured: set[str] = set()

    def read(self, name: str) -> _Scope:
        """Follow a view and return the names that it defines."""
        scope: _Scope = {ENTRY if self._root.of == ENTRY else FIGURE: frozenset({self._root})}
        self._include(name, scope)
        return scope

    def _include(self, name: str, scope: _Scope) -> None:
        text = self._load(name)
        with self._once(name) as is_new, self._inside(name):
            if is_new and text is not None:
                self._run(_parts_of(text), scope)

    @contextmanager
    def _inside(self, view: str) -> Iterator[None]:
        before, self._view = self._view, view
        yield
        self._view = before

    @contextmanager
    def _once(self, what: object) -> Iterator[bool]:
        """Tell whether something does not run already, so that recursion ends."""
        is_new = what not in self._running
        self._running.add(what)
        yield is_new
        if is_new:
            self._running.discard(what)

    # Statements

    def _run(self, body: Iterable[nodes.Node], scope: _Scope) -> None:
        for node in body:
            self._step()
            self._statement(node, scope)

    def _step(self) -> None:
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise _TooMuchError

    def _statement(self, node: nodes.Node, scope: _Scope) -> None:  # noqa: C901, PLR0912 - one case for each
        match node:
            case nodes.If():
                self._value(node.test, scope)
                for branch in (node.body, node.elif_, node.else_):
                    self._branch(branch, scope)
            case nodes.For():
                inner = dict(scope)
                self._bind(node.target, self._value(node.iter, scope), inner)
                self._run([node.test] if node.test else [], inner)
                self._run(node.body, inner)
                self._run(node.else_, scope)
            case nodes.Assign():
                self._bind(node.target, self._value(node.node, scope), scope)
            case nodes.AssignBlock():
                self._run(node.body, dict(scope))
                self._bind(node.target, _NONE, scope)
            case nodes.With():
                inner = dict(scope)
                for target, value in zip(node.targets, node.values, strict=True):
                    self._bind(target, self._value(value, scope), inner)
                self._run(node.body, inner)
            case nodes.Macro():
                scope[node.name] = _Block(node, self._view, scope)
            case nodes.CallBlock():
                self._call(node.call, scope, _Block(node, self._view, scope))
            case nodes.Import(template=nodes.Const(value=str(name))):
                scope[node.target] = self.read(name)
            case nodes.FromImport(template=nodes.Const(value=str(name))):
                defined = self.read(name)
                for each in node.names:
                    before, after = (each, each) if isinstance(each, str) else each
                    scope[after] = defined.get(before, _NONE)
            case nodes.Include(template=nodes.Const(value=str(name))):
                self._include(name, dict(scope))
            case nodes.Extends(template=nodes.Const(value=str(name))):
                self._include(name, scope)
            case nodes.Output():
                for part in node.nodes:
                    self._show(self._value(part, scope))
            case nodes.Expr():
                self._value(node, scope)
            case _:
                self._run(node.iter_child_nodes(), scope)

    def _branch(self, body: Iterable[nodes.Node], scope: _Scope) -> None:
        """Follow a branch. A name that it assigns can also have the value from before."""
        inner = dict(scope)
        self._run(body, inner)
        for name, value in inner.items():
            before = scope.get(name)
            both = isinstance(before, frozenset) and isinstance(value, frozenset)
            scope[name] = before | value if both else value

    def _bind(self, target: nodes.Node, value: _Fields, scope: _Scope) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = value
        elif isinstance(target, nodes.Tuple):
            for each in target.items:
                self._bind(each, value, scope)
        else:
            self._show(value, is_passed=True)  # a part of a namespace, which is not followed

    def _show(self, value: _Fields, *, is_passed: bool = False) -> None:
        """Record that fields are shown. The output of an entry is its name, unless a function gets it."""
        self.whole.update(field for field in value if field.names or is_passed)

    # Expressions

    def _value(self, node: nodes.Node | None, scope: _Scope) -> _Fields:  # noqa: C901, PLR0911 - as above
        self._step()
        match node:
            case None | nodes.Const() | nodes.TemplateData():
                return _NONE
            case nodes.Name():
                value = scope.get(node.name)
                return value if isinstance(value, frozenset) else _NONE
            case nodes.Getattr():
                return self._field(self._value(node.node, scope), node.attr, node.lineno)
            case nodes.Getitem(arg=nodes.Const(value=str(name))):
                return self._field(self._value(node.node, scope), name, node.lineno)
            case nodes.Getitem(arg=nodes.Const() | nodes.Slice()):
                return self._value(node.node, scope)
            case nodes.Getitem():
                self._show(self._value(node.node, scope) | self._value(node.arg, scope), is_passed=True)
                return _NONE
            case nodes.Filter():
                return self._filter(node, scope)
            case nodes.Test():
                self._test(node, scope)
                return _NONE
            case nodes.Call():
                return self._call(node, scope)
            case nodes.CondExpr():
                self._value(node.test, scope)
                return self._value(node.expr1, scope) | self._value(node.expr2, scope)
            case _:
                values = self._together(node.iter_child_nodes(), scope)
                if isinstance(node, nodes.Concat):
                    self._show(values)
                return values if isinstance(node, _COMBINING) else _NONE

    def _together(self, parts: Iterable[nodes.Node], scope: _Scope) -> _Fields:
        return _NONE.union(*[self._value(part, scope) for part in parts])

    def _field(self, value: _Fields, path: str, line: int) -> _Fields:
        """Name a field, or a path such as `tool.name`, of each of some values."""
        for name in path.split("."):
            value = frozenset(field.below(name) for field in value)
            self.mentions.update((Mention(field, self._view, line), None) for field in value)
        return value

    def _filter(self, node: nodes.Filter, scope: _Scope) -> _Fields:
        value = self._value(node.node, scope)
        name = node.name
        named: dict[str, nodes.Expr] = {str(each.key): each.value for each in node.kwargs}
        attribute = named.pop("attribute", None)
        arguments = list(node.args)
        position = 0 if name in _PICKING else _BY_FIELD.get(name)
        if attribute is None and position is not None and position < len(arguments):
            attribute = arguments.pop(position)
        others = self._together([*arguments, *named.values()], scope)
        if name in {"default", "d"}:
            self._ask(value)
            return value | others
        self._show(others)
        if isinstance(attribute, nodes.Const) and isinstance(attribute.value, str):
            found = self._field(value, attribute.value, node.lineno)
            return found if name == "map" else _NONE if name in _NOT_ITEMS else value
        if name in _SAME or name in _PICKING or (name in _BY_FIELD and name != "map"):
            return value
        if name not in _COUNTING:
            self._show(value, is_passed=True)
        return _NONE

    def _test(self, node: nodes.Test, scope: _Scope) -> None:
        value = self._value(node.node, scope)
        self._together(node.args, scope)
        if node.name in _ASKING:
            self._ask(value)

    def _ask(self, value: _Fields) -> None:
        """Record that this view copes without fields."""
        self.optional.update((field, self._view) for field in value)

    # Calls

    def _call(self, node: nodes.Call, scope: _Scope, caller: _Block | None = None) -> _Fields:
        arguments = [self._value(argument, scope) for argument in node.args]
        named = {keyword.key: self._value(keyword.value, scope) for keyword in node.kwargs}
        rest = self._value(node.dyn_args, scope) | self._value(node.dyn_kwargs, scope)
        called = self._called(node.node, scope)
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if called is not None:
            self._show(rest, is_passed=True)
            self._enter(called, arguments, named, caller)
            return _NONE
        if name == FIGURE and node.args:
            return self._figure(node.args[0], arguments, node.lineno)
        if not name:
            owner = node.node.node if isinstance(node.node, nodes.Getattr) else node.node
            self._show(self._value(owner, scope))
        if name == "table" and caller is not None:
            self._show(_NONE.union(*arguments[1:], *named.values()))
            self._enter(caller, [_NONE, *arguments[:1]], {}, None)
            return _NONE
        if name not in _NOT_SHOWING:
            self._show(_NONE.union(rest, *arguments, *named.values()), is_passed=True)
        if caller is not None:
            self._enter(caller, [], {}, None)
        return _NONE

    def _called(self, node: nodes.Node, scope: _Scope) -> _Block | None:
        """Return the macro that a call runs; `None` for a function or a method."""
        found: object = None
        if isinstance(node, nodes.Name):
            found = scope.get(node.name)
        elif isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
            imported = scope.get(node.node.name)
            found = imported.get(node.attr) if isinstance(imported, dict) else None
        return found if isinstance(found, _Block) else None

    def _figure(self, name: nodes.Expr, arguments: list[_Fields], line: int) -> _Fields:
        if not isinstance(name, nodes.Const):
            self._show(_NONE.union(*arguments), is_passed=True)
            return _NONE
        figure = Field(str(name.value))
        self.figures[Mention(figure, self._view, line)] = None
        if any(not field.names for field in _NONE.union(*arguments)):
            self.figured.add(figure.of)
        return frozenset({figure})

    def _enter(
        self, block: _Block, arguments: list[_Fields], named: dict[str, _Fields], caller: _Block | None
    ) -> None:
        """Follow a macro, or the block of a `call`, with its arguments."""
        node = block.node
        scope = dict(block.scope)
        names = [argument.name for argument in node.args]
        defaults = dict(zip(names[len(names) - len(node.defaults) :], node.defaults, strict=True))
        given = dict(zip(names, arguments, strict=False)) | named
        self._show(_NONE.union(*arguments[len(names) :], *(given[key] for key in given.keys() - set(names))))
        for name in names:
            scope[name] = given[name] if name in given else self._value(defaults.get(name), scope)
        if caller is not None:
            scope["caller"] = caller
        elif isinstance(node, nodes.Macro):
            scope.pop("caller", None)
        key = (id(node), *(scope[name] for name in names))
        with self._once(key) as is_new, self._inside(block.view):
            if is_new:
                self._run(node.body, scope)
