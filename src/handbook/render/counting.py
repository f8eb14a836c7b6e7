"""Filters that count, inserted into a template wherever it could take or make much."""

from __future__ import annotations

from collections.abc import Iterable

from jinja2 import nodes

from handbook.read.templates import walk

ITEMS, TEXT, WEIGH, BLOCK = "handbook.items", "handbook.text", "handbook.weigh", "handbook.block"
"""The names of the filters, which a template cannot contain."""


def count(tree: nodes.Template) -> None:
    """Insert the counting filters into a template."""
    for node in list(walk(tree)):
        if isinstance(node, nodes.For):
            node.iter = _filtered(node.iter, ITEMS, nodes.Const(_text_length(node.body)))
        elif isinstance(node, nodes.Compare):
            node.expr = _weighed(node.expr)
            for operand in node.ops:
                operand.expr = _weighed(operand.expr)
        elif isinstance(node, nodes.Concat):
            node.nodes = [
                part if isinstance(part, nodes.Const) else _filtered(part, TEXT) for part in node.nodes
            ]
        elif isinstance(node, nodes.Pair):
            node.key = _weighed(node.key)
        elif isinstance(node, (nodes.Template, nodes.Macro, nodes.CallBlock, nodes.Block)):
            length = _text_length(node.body)
            if length and not any(isinstance(part, nodes.Extends) for part in node.body):
                counts = nodes.ExprStmt(_filtered(nodes.Const(length), BLOCK), lineno=1)
                node.body = [counts, *node.body]


def _text_length(body: Iterable[nodes.Node]) -> int:
    """Return the length of the text in a block, including nested blocks."""
    return sum(len(node.data) for part in body for node in walk(part) if isinstance(node, nodes.TemplateData))


def _weighed(expression: nodes.Expr) -> nodes.Expr:
    return expression if isinstance(expression, nodes.Const) else _filtered(expression, WEIGH)


def _filtered(expression: nodes.Node, name: str, *args: nodes.Expr) -> nodes.Expr:
    lineno = getattr(expression, "lineno", None) or 1
    return nodes.Filter(expression, name, list(args), [], None, None, lineno=lineno)
