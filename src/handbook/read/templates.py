"""Parse pages and views with Jinja, without rendering them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from jinja2 import Environment, TemplateSyntaxError, nodes

from handbook.read.page_language import TRANSLATIONS, MacroSyntaxError

_DEEPEST = 50
"""The deepest nesting of expressions and blocks. Python cannot run a template a few times as deep."""
_MOST_LOOPS = 8
"""The deepest nesting of loops, for the same reason."""

_MOST_TOKENS = 100_000
"""The most words and signs of Jinja in a template, including spaces. Parsing many more takes seconds."""

_PAGES = Environment(autoescape=True)
_VIEWS = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, extensions=[TRANSLATIONS])


def parse(text: str, *, is_view: bool = False) -> nodes.Template:
    """Return a page or a view as a tree.

    Raises:
        MacroSyntaxError: It is not valid Jinja.
    """
    environment = _VIEWS if is_view else _PAGES
    try:
        # A text has no more of them than characters.
        if len(text) > _MOST_TOKENS and _has_too_many_tokens(environment, text):
            raise MacroSyntaxError(f"more than {_MOST_TOKENS:,} words and signs", 1)
        tree = environment.parse(text)
    except TemplateSyntaxError as error:
        raise MacroSyntaxError(error.message or "", error.lineno) from error
    # Jinja reads by recursion, and makes numbers of any length.
    except RecursionError as error:
        message = "expression or block nested too deep"
        raise MacroSyntaxError(message, 1) from error
    except ValueError as error:
        message = "number with too many digits"
        raise MacroSyntaxError(message, 1) from error
    check_depth(tree)
    return tree


def _has_too_many_tokens(environment: Environment, text: str) -> bool:
    return sum(1 for _ in islice(environment.lex(text), _MOST_TOKENS + 1)) > _MOST_TOKENS


def comments(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the text of each comment of a page, which readers don't see."""
    return ((line, value) for line, sort, value in _PAGES.lex(text) if sort == "comment")


def walk(tree: nodes.Node) -> Iterator[nodes.Node]:
    """Return every node of a tree, outer ones first, in the order of the text."""
    pending: list[nodes.Node] = [tree]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(reversed(list(node.iter_child_nodes())))


def check_depth(tree: nodes.Template) -> None:
    """Refuse a template that is nested deeper than it can be rendered.

    Raises:
        MacroSyntaxError: It is.
    """
    pending: list[tuple[nodes.Node, int, int]] = [(tree, 0, 0)]
    while pending:
        node, depth, loops = pending.pop()
        if isinstance(node, nodes.For):
            loops += 1
        if depth > _DEEPEST or loops > _MOST_LOOPS:
            message = "expression or block nested too deep"
            raise MacroSyntaxError(message, getattr(node, "lineno", None) or 1)
        pending.extend((child, depth + 1, loops) for child in node.iter_child_nodes())
