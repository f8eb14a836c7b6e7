"""Read calls with literals only, which are valid Python as well as Jinja. `ast` takes long to import."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import TypeAlias

Arguments: TypeAlias = tuple[tuple[object, ...], Mapping[str, object]]
"""The arguments of a call without a name, and those by name."""


def read_call(text: str) -> Arguments | None:
    """Return the arguments of a call if all are literals."""
    try:
        call = ast.parse(text, mode="eval").body
    except (SyntaxError, MemoryError, RecursionError):
        return None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
        return None
    if not all(_is_written_out(node) for part in (*call.args, *call.keywords) for node in ast.walk(part)):
        return None
    named = {str(keyword.arg): _literal(keyword.value) for keyword in call.keywords}
    return tuple(map(_literal, call.args)), named


def _literal(node: ast.expr) -> object:
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError):  # such as a list as a key
        return None


def _is_written_out(node: ast.AST) -> bool:
    """Return whether a part of an argument has the same meaning in Python and Jinja."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, (str, int, type(None)))
    if isinstance(node, ast.keyword):
        return node.arg is not None
    return isinstance(node, (ast.List, ast.Load)) or (isinstance(node, ast.Dict) and None not in node.keys)
