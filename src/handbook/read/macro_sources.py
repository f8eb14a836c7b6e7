"""Find the names that modules of mkdocs-macros give to pages, without executing the modules.

`ast` takes long to import, and most sites have no modules but ours.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from handbook.read.macro_names import MacroNames, module_file
from handbook.read.macro_settings import OUR_MODULE, MacroSettings

_HOOK = "define_env"
_LONGEST_SOURCE = 1_000_000
_MOST_FUNCTIONS = 200
_Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
_REGISTERS = {"macro": "macros", "filter": "filters"}
_KINDS = frozenset({"macros", "filters", "variables"})


def read_macro_names(root: Path, settings: MacroSettings) -> MacroNames:
    """Read the names that the modules of a site give to its pages, other than our macros.

    Args:
        root: The site's folder.
        settings: The settings with the modules.
    """
    reader = _Reader(root)
    for module in settings.modules:
        reader.read_module(module.split("."), _HOOK)
    local = settings.module_name
    file = module_file(root / local)
    # The default module does not have to exist.
    if file is not None or local != MacroSettings().module_name:
        reader.read_file(file, _HOOK)
    return reader.names


class _Reader:
    """Follows `define_env` through the source of the site and of installed modules."""

    def __init__(self, root: Path) -> None:
        self.names = MacroNames()
        self._root = root
        self._visited: set[tuple[Path, str]] = set()

    def read_module(self, module: Sequence[str], function: str) -> None:
        """Read one function of a module, named by its dotted name."""
        if ".".join(module) == OUR_MODULE:
            self.names.has_ours = True
        else:
            self.read_file(self._find(module), function)

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
                source = _Source(file, ast.parse(stream.read(_LONGEST_SOURCE)))
        except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
            # The site engine reports errors in it.
            self.names.is_complete = False
            return
        if function in source.functions:
            self._read_function(source, source.functions[function])
        elif function in source.imports:
            self._follow(source, source.imports[function])
        elif function != _HOOK or source.is_open:
            self.names.is_complete = False

    def _follow(self, source: _Source, origin: tuple[str, ...]) -> None:
        """Read a function that is imported, named by the path to its module and its own name."""
        *module, function = origin
        if level := module.count(""):
            parents = source.file.parents
            folder = parents[min(level, len(parents)) - 1]
            self.read_file(module_file(folder.joinpath(*module[level:])), function)
        else:
            self.read_module(module, function)

    def _find(self, module: Sequence[str]) -> Path | None:
        """Find the source of a module without importing it or what it is a part of."""
        if not all(part.isidentifier() for part in module):
            return None
        file = module_file(self._root.joinpath(*module))
        path: Sequence[str] | None = None
        for number in range(1, len(module) + 1 if file is None else 0):
            name = ".".join(module[:number])
            finders = (finder for finder in sys.meta_path if hasattr(finder, "find_spec"))
            spec = next(filter(None, (finder.find_spec(name, path) for finder in finders)), None)
            if spec is None:
                return None
            path = list(spec.submodule_search_locations or ())
            file = Path(spec.origin) if spec.origin and spec.origin.endswith(".py") else None
        return file

    def _read_function(self, source: _Source, function: _Function) -> None:
        """Collect what a function registers with the environment, its first parameter."""
        env = next((each.arg for each in (*function.args.posonlyargs, *function.args.args)), "")
        unknown = 0
        for node in ast.walk(function):
            unknown += _is_name(node, env) - (isinstance(node, ast.Attribute) and _is_name(node.value, env))
            if isinstance(node, ast.Call):
                self._read_call(node, env)
                unknown -= self._passes_on(source, node, env)
            elif isinstance(node, ast.Assign):
                for target in node.targets:
                    self._read_target(target, env)
            elif isinstance(node, _Function):
                for decorator in node.decorator_list:
                    if kind := _REGISTERS.get(_attribute_of(decorator, env)):
                        self.names.add(kind, node.name)
        if unknown > 0:
            # The environment has another name, or is passed to an unknown place.
            self.names.is_complete = False

    def _read_call(self, call: ast.Call, env: str) -> None:
        """Read a call that registers names."""
        attribute = _attribute_of(call.func, env)
        if attribute in _REGISTERS:
            named = [*call.args[1:2], *(each.value for each in call.keywords if each.arg == "name")]
            of_function = _dotted(call.args[0]) if call.args else ()
            name = _text(named[0]) if named else next(reversed(of_function), None)
            self.names.add(_REGISTERS[attribute], name)
            return
        kind = attribute.partition("register_")[2]
        if isinstance(call.func, ast.Attribute) and call.func.attr == "update":
            kind = _attribute_of(call.func.value, env)
        if kind in _KINDS:
            for argument in call.args:
                for key in argument.keys if isinstance(argument, ast.Dict) else [None]:
                    self.names.add(kind, _text(key))
            for keyword in call.keywords:
                self.names.add(kind, keyword.arg)

    def _passes_on(self, source: _Source, call: ast.Call, env: str) -> bool:
        """Return whether a call passes the environment to a known function, after reading that function."""
        if not (call.args and _is_name(call.args[0], env)):
            return False
        dotted = _dotted(call.func)
        if len(dotted) == 1 and dotted[0] in source.functions:
            self.read_file(source.file, dotted[0])
        elif dotted and dotted[0] in source.imports:
            self._follow(source, (*source.imports[dotted[0]], *dotted[1:]))
        else:
            return False
        return True

    def _read_target(self, target: ast.expr, env: str) -> None:
        """Read `env.variables["name"] = …` and `env.variables.name = …`."""
        if isinstance(target, (ast.Subscript, ast.Attribute)):
            kind = _attribute_of(target.value, env)
            name = target.attr if isinstance(target, ast.Attribute) else _text(target.slice)
            if kind in _KINDS:
                self.names.add(kind, name)


class _Source:
    """A Python file: its functions, and the sources of imported names."""

    def __init__(self, file: Path, tree: ast.Module) -> None:
        self.file = file
        self.functions: dict[str, _Function] = {}
        self.imports: dict[str, tuple[str, ...]] = {}
        self.is_open = False
        for node in ast.walk(tree):
            if isinstance(node, _Function):
                self.functions.setdefault(node.name, node)  # outer ones come first
            elif isinstance(node, ast.ImportFrom):
                module = [*[""] * node.level, *(node.module.split(".") if node.module else ())]
                self.imports |= {each.asname or each.name: (*module, each.name) for each in node.names}
                self.is_open |= any(each.name == "*" for each in node.names)
            elif isinstance(node, ast.Import):
                for each in node.names:
                    top = each.name.partition(".")[0]
                    self.imports[each.asname or top] = tuple(each.name.split(".")) if each.asname else (top,)
        for node in ast.walk(tree):
            if isinstance(node, (ast.Assign, ast.AnnAssign)):
                self._read_assignment(node)

    def _read_assignment(self, node: ast.Assign | ast.AnnAssign) -> None:
        """Record another name for an imported function."""
        dotted = _dotted(node.value) if node.value else ()
        if isinstance(node, ast.Assign) and dotted and dotted[0] in self.imports:
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            self.imports |= dict.fromkeys(names, (*self.imports[dotted[0]], *dotted[1:]))
        else:
            self.is_open |= any(_is_name(each, _HOOK) for each in ast.walk(node))


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _attribute_of(node: ast.expr, name: str) -> str:
    """Return the attribute of a variable with this name; empty for any other node."""
    return node.attr if isinstance(node, ast.Attribute) and _is_name(node.value, name) else ""


def _text(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _dotted(node: ast.expr) -> tuple[str, ...]:
    """Return the parts of `a.b.c`; empty for anything else."""
    if isinstance(node, ast.Name):
        return (node.id,)
    if isinstance(node, ast.Attribute) and (above := _dotted(node.value)):
        return (*above, node.attr)
    return ()
