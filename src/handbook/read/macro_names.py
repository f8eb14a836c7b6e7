"""Find the names that modules of mkdocs-macros give to pages, without executing the modules."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from handbook.read.macro_settings import OUR_MODULE, MacroSettings
from handbook.read.macros import PageMacro

_HOOK = "define_env"
_LONGEST_SOURCE = 1_000_000
_MOST_FUNCTIONS = 200
_Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
_REGISTERS = {"register_macros": "macros", "register_filters": "filters", "register_variables": "variables"}
_KINDS = frozenset({"macros", "filters", "variables"})


class MacroNames:
    """The names that pages can use in addition to our own macros.

    Attributes:
        macros: The functions.
        filters: The filters.
        variables: The values.
        has_ours: Whether any module gives pages our macros.
        ours: Those of our macros that the site does not replace, except figures.
        is_complete: Whether these are all; otherwise a module computes more names.
    """

    def __init__(self) -> None:
        self.macros: set[str] = set()
        self.filters: set[str] = set()
        self.variables: set[str] = set()
        self.has_ours = False
        self.ours: Mapping[str, PageMacro] = {}
        self.is_complete = True

    def of(self, what: str) -> set[str]:
        """Return the names of one type: `macros`, `filters` or `variables`."""
        names: set[str] = getattr(self, what)
        return names


def read_macro_names(root: Path, settings: MacroSettings) -> MacroNames:
    """Read the names that the modules of a site give to its pages.

    Args:
        root: The site's folder.
        settings: The settings with the modules.
    """
    reader = _Reader(root)
    for module in settings.modules:
        reader.read_module(module.split("."), None)
    local = settings.module_name
    file = _first_file(root / f"{local}.py", root / local / "__init__.py")
    # The default module does not have to exist.
    if file is not None or local != MacroSettings().module_name:
        reader.read_file(file, _HOOK)
    return reader.names


def _first_file(*paths: Path) -> Path | None:
    return next((path for path in paths if path.is_file()), None)


class _Reader:
    """Follows `define_env` through the source of the site and of installed modules."""

    def __init__(self, root: Path) -> None:
        self.names = MacroNames()
        self._root = root
        self._visited: set[tuple[Path, str]] = set()

    def read_module(self, module: Sequence[str], function: str | None) -> None:
        """Read a module by its dotted name, from its function of a name or from its hook."""
        if ".".join(module) == OUR_MODULE:
            self.names.has_ours = True
        else:
            self.read_file(self._find(module), function or _HOOK)

    def read_file(self, file: Path | None, function: str) -> None:
        """Read one function of a file, and what it passes the environment on to."""
        if file is None or len(self._visited) > _MOST_FUNCTIONS:
            self.names.is_complete = False
            return
        if (file, function) in self._visited:
            return
        self._visited.add((file, function))
        try:
            with file.open("rb") as stream:
                tree = ast.parse(stream.read(_LONGEST_SOURCE))
        except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
            # The site engine reports errors in it.
            self.names.is_complete = False
            return
        source = _Source(file, tree)
        if function in source.functions:
            self._read_function(source, source.functions[function])
        elif function in source.imports:
            self._follow(source, source.imports[function])
        elif function != _HOOK or source.is_open:
            self.names.is_complete = False

    def _follow(self, source: _Source, origin: tuple[str, ...]) -> None:
        """Read a function that is imported, named by the path to its module and its own name."""
        *module, function = origin
        if module and module[0] == "":
            folder = source.file.parent
            parts = module[1:]
            while parts and parts[0] == "":
                folder, parts = folder.parent, parts[1:]
            path = folder.joinpath(*parts)
            file = _first_file(path.with_name(f"{path.name}.py"), path / "__init__.py")
            self.read_file(file, function)
        else:
            self.read_module(module, function)

    def _find(self, module: Sequence[str]) -> Path | None:
        """Find the source of a module without importing it or what it is a part of."""
        if not all(part.isidentifier() for part in module):
            return None
        file = _first_file(
            self._root.joinpath(*module).with_suffix(".py"), self._root.joinpath(*module, "__init__.py")
        )
        if file is not None:
            return file
        path: Sequence[str] | None = None
        name, spec = "", None
        for part in module:
            name = f"{name}.{part}" if name else part
            spec = next(
                (
                    found
                    for finder in sys.meta_path
                    if hasattr(finder, "find_spec") and (found := finder.find_spec(name, path)) is not None
                ),
                None,
            )
            if spec is None:
                return None
            path = list(spec.submodule_search_locations or ())
        return Path(spec.origin) if spec and spec.origin and spec.origin.endswith(".py") else None

    def _read_function(self, source: _Source, function: _Function) -> None:
        """Collect what a function registers with the environment, its first parameter."""
        parameters = [*function.args.posonlyargs, *function.args.args]
        if not parameters:
            return
        env = parameters[0].arg
        expected = 0
        for node in ast.walk(function):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                self._read_decorators(node, env)
            elif isinstance(node, ast.Call):
                expected += self._read_call(source, node, env)
            elif isinstance(node, ast.Assign):
                for target in node.targets:
                    self._read_target(target, env)
        uses = sum(isinstance(node, ast.Name) and node.id == env for node in ast.walk(function))
        attributes = sum(
            isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == env
            for node in ast.walk(function)
        )
        if uses > attributes + expected:
            # The environment has another name, or is passed to an unknown place.
            self.names.is_complete = False

    def _read_decorators(self, function: _Function, env: str) -> None:
        for decorator in function.decorator_list:
            attribute = _attribute_of(decorator, env)
            if attribute in {"macro", "filter"}:
                self.names.of(f"{attribute}s").add(function.name)
            elif isinstance(decorator, ast.Call) and _attribute_of(decorator.func, env) in {
                "macro",
                "filter",
            }:
                self.names.is_complete = False

    def _read_call(self, source: _Source, call: ast.Call, env: str) -> int:
        """Read a call; return how often it passes the environment to a known function."""
        attribute = _attribute_of(call.func, env)
        if attribute in {"macro", "filter"}:
            self._add(f"{attribute}s", _registered_name(call))
        elif attribute in _REGISTERS:
            self._add_all(_REGISTERS[attribute], call)
        elif isinstance(call.func, ast.Attribute) and call.func.attr == "update":
            kind = _attribute_of(call.func.value, env)
            if kind in _KINDS:
                self._add_all(kind, call)
        if not (call.args and isinstance(call.args[0], ast.Name) and call.args[0].id == env):
            return 0
        dotted = _dotted(call.func)
        if len(dotted) == 1 and dotted[0] in source.functions:
            self.read_file(source.file, dotted[0])
        elif dotted and dotted[0] in source.imports:
            self._follow(source, (*source.imports[dotted[0]], *dotted[1:]))
        else:
            return 0
        return 1

    def _read_target(self, target: ast.expr, env: str) -> None:
        """Read `env.variables["name"] = …` and `env.variables.name = …`."""
        if isinstance(target, (ast.Subscript, ast.Attribute)):
            kind = _attribute_of(target.value, env)
            if kind in _KINDS:
                name = target.attr if isinstance(target, ast.Attribute) else _text(target.slice)
                self._add(kind, name)

    def _add(self, kind: str, name: str | None) -> None:
        if name is None:
            self.names.is_complete = False
        else:
            self.names.of(kind).add(name)

    def _add_all(self, kind: str, call: ast.Call) -> None:
        for keyword in call.keywords:
            self._add(kind, keyword.arg)
        for argument in call.args:
            keys = argument.keys if isinstance(argument, ast.Dict) else [None]
            for key in keys:
                self._add(kind, _text(key))


class _Source:
    """A Python file: its functions, and the sources of imported names."""

    def __init__(self, file: Path, tree: ast.Module) -> None:
        self.file = file
        self.functions: dict[str, _Function] = {}
        self.imports: dict[str, tuple[str, ...]] = {}
        self.is_open = False
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                module = [*[""] * node.level, *(node.module.split(".") if node.module else ())]
                for name in node.names:
                    self.imports[name.asname or name.name] = (*module, name.name)
                self.is_open = self.is_open or any(name.name == "*" for name in node.names)
            elif isinstance(node, ast.Import):
                for name in node.names:
                    parts = tuple(name.name.split("."))
                    self.imports[name.asname or parts[0]] = parts if name.asname else parts[:1]
        for statement in _statements(tree.body):
            self._read(statement)

    def _read(self, statement: ast.stmt) -> None:
        """Record a function, or another name for an imported one."""
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            self.functions[statement.name] = statement
        elif isinstance(statement, ast.Assign) and isinstance(statement.value, (ast.Name, ast.Attribute)):
            dotted = _dotted(statement.value)
            for target in statement.targets:
                if isinstance(target, ast.Name) and dotted and dotted[0] in self.imports:
                    self.imports[target.id] = (*self.imports[dotted[0]], *dotted[1:])
        elif isinstance(statement, (ast.Assign, ast.AnnAssign)):
            self.is_open = self.is_open or any(
                isinstance(node, ast.Name) and node.id == _HOOK for node in ast.walk(statement)
            )


def _statements(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements of a module, including those below `try` and `if`."""
    for statement in body:
        yield statement
        for block in ("body", "orelse", "handlers", "finalbody"):
            if isinstance(statement, (ast.If, ast.Try, ast.With)):
                for part in getattr(statement, block, ()):
                    yield from _statements(part.body if isinstance(part, ast.ExceptHandler) else [part])


def _attribute_of(node: ast.expr, name: str) -> str:
    """Return the attribute of a variable with this name; empty for any other node."""
    is_one = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name
    return node.attr if is_one and isinstance(node, ast.Attribute) else ""


def _registered_name(call: ast.Call) -> str | None:
    """Return the name from `env.macro(function, "name")`, or `None` if it is computed."""
    named = [keyword.value for keyword in call.keywords if keyword.arg == "name"]
    given = [*call.args[1:2], *named]
    if given:
        return _text(given[0])
    dotted = _dotted(call.args[0]) if call.args else ()
    return dotted[-1] if dotted else None


def _text(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _dotted(node: ast.expr) -> tuple[str, ...]:
    """Return the parts of `a.b.c`; empty for anything else."""
    if isinstance(node, ast.Name):
        return (node.id,)
    if isinstance(node, ast.Attribute) and (above := _dotted(node.value)):
        return (*above, node.attr)
    return ()
