"""Find Jinja syntax that pages and views must not use. Jinja is sandboxed as well."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from jinja2 import nodes
from jinja2.filters import FILTERS as DEFAULT_FILTERS
from jinja2.tests import TESTS as DEFAULT_TESTS

from handbook.base.words import suggestion
from handbook.check.page_names import ANCHOR_HINT, TemplateProblem, argument_problems, unknown_macro
from handbook.read.macro_names import MacroNames
from handbook.read.page_language import (
    LOOP_METHODS,
    METHODS,
    NO_VIEW_FILTERS,
    PAGE_FILTERS,
    PAGE_TESTS,
    VIEW_FILTERS,
    VIEW_TESTS,
    VIEW_VALUES,
)
from handbook.read.templates import comments, parse, walk

_ON_PAGES = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Assign, nodes.AssignBlock),
    *(nodes.Name, nodes.Const, nodes.List, nodes.Tuple, nodes.Dict, nodes.Pair, nodes.Keyword, nodes.Slice),
    *(nodes.Call, nodes.Filter, nodes.Test, nodes.Getattr, nodes.Getitem, nodes.Compare, nodes.Operand),
    *(nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.Concat, nodes.Neg, nodes.Pos),
    *(nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow),
)
_TAGS: Mapping[type[nodes.Node], str] = {
    nodes.CallBlock: "call",
    nodes.FilterBlock: "filter",
    nodes.FromImport: "from",
    nodes.OverlayScope: "autoescape",
    nodes.ScopedEvalContextModifier: "autoescape",
    nodes.With: "with",
}
JINJA_FILTERS = DEFAULT_FILTERS.keys() - NO_VIEW_FILTERS
"""The Jinja filters that views can use."""
_VIEW_FILTERS = JINJA_FILTERS | VIEW_FILTERS
_VIEW_TESTS = VIEW_TESTS | DEFAULT_TESTS.keys()
_PAGE_METHODS = LOOP_METHODS.union(*(names for _, names in METHODS))
_ANCHOR = re.compile(r"[\w.:-]+(?:[ \t][^{}\n]*)?\}")
"""The text of a comment that starts like the anchor of a heading, such as `{#steps}`."""
_NOT_FOR_PAGES = frozenset(
    {
        *("config", "context", "environment", "extra", "files", "filters", "filters_builtin", "fix_url"),
        *("git", "macros", "macros_info", "navigation", "now", "page", "plugin"),
        *("caller", "cycler", "dict", "joiner", "lipsum", "namespace", "range", "self", "super"),
    }
)
"""Names of mkdocs-macros and Jinja that pages can't use, even if a module defines them."""
_REFUSED = frozenset(
    {
        *("add", "append", "clear", "discard", "extend", "format", "format_map", "insert", "pop", "popitem"),
        *("remove", "setdefault", "sort", "update"),
    }
)
"""Methods that change a value, or that read attributes by names in a text."""


def page_problems(text: str, known: MacroNames) -> Iterator[TemplateProblem]:
    """Find everything on a page other than macros, filters, loops and conditions.

    Args:
        text: The page.
        known: The macros, filters and variables of its site, ours included.

    Raises:
        MacroSyntaxError: It is not valid Jinja.
    """
    tree = list(walk(parse(text)))
    if "{#" in text:
        yield from _swallowed(text)
    stored = {node.name for node in tree if isinstance(node, nodes.Name) and node.ctx == "store"}
    called = {id(node.node) for node in tree if isinstance(node, nodes.Call)}
    values = known.macros | known.variables | stored
    for node in tree:
        line = getattr(node, "lineno", None) or 1
        if not isinstance(node, _ON_PAGES) or (isinstance(node, nodes.For) and node.recursive):
            tag = "recursive" if isinstance(node, nodes.For) else _tag(node)
            hint = "Replace it with text, or add a macro to the site's macro module"
            yield TemplateProblem(line, tag, f"A page can't use `{tag}`", hint)
        elif isinstance(node, nodes.Name) and node.ctx == "load":
            is_known = node.name in values or node.name == "loop"
            if not is_known and (known.is_complete or node.name in _NOT_FOR_PAGES):
                yield unknown_macro(line, node.name, known, is_called=id(node) in called)
        elif isinstance(node, nodes.Filter):
            if node.name not in PAGE_FILTERS and node.name not in known.filters and known.is_complete:
                yield _unknown(line, "filter", node.name, PAGE_FILTERS.keys() | known.filters)
        elif isinstance(node, nodes.Test) and node.name not in PAGE_TESTS:
            yield _unknown(line, "test", node.name, PAGE_TESTS)
        elif isinstance(node, nodes.Call):
            yield from _call_problems(node, line, known)
        yield from _hidden_names(node, line)


def _swallowed(text: str) -> Iterator[TemplateProblem]:
    """Yield anchors that start a comment, which hides the text up to the next end of one."""
    for line, comment in comments(text):
        if anchor := _ANCHOR.match(comment):
            last = line + comment.count("\n")
            message = f"`{{#{anchor[0]}` starts a comment of the macros, so readers don't see the text up to "
            yield TemplateProblem(line, f"{{#{anchor[0]}", f"{message}`#}}` on line {last}", ANCHOR_HINT)


def view_problems(text: str, views: Collection[str], *, is_part: bool) -> Iterator[TemplateProblem]:
    """Find everything in a view that views can't use.

    Args:
        text: The view.
        views: The names of all views, which one view can import from another.
        is_part: Whether only other views use it, and can pass their own values to it.

    Raises:
        MacroSyntaxError: It is not valid Jinja.
    """
    tree = list(walk(parse(text, is_view=True)))
    stored = set(_stored_in_view(tree))
    imported = {node.target for node in tree if isinstance(node, nodes.Import)}
    for node in tree:
        line = getattr(node, "lineno", None) or 1
        if isinstance(node, nodes.Name) and node.ctx == "load" and not is_part:
            if node.name not in stored and node.name not in VIEW_VALUES:
                hint = suggestion(node.name, VIEW_VALUES) or "Use a value of the entry or a macro"
                yield TemplateProblem(line, node.name, f"Unknown name `{node.name}`", hint)
        elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr):
            of = node.node.node
            if node.node.attr in _REFUSED and not (isinstance(of, nodes.Name) and of.name in imported):
                hint = "Use `+` to combine values, or a `namespace` to store them"
                yield TemplateProblem(line, node.node.attr, f"A view can't call `{node.node.attr}`", hint)
        elif isinstance(node, nodes.Filter) and node.name not in _VIEW_FILTERS:
            yield _unknown(line, "filter", node.name, _VIEW_FILTERS)
        elif isinstance(node, nodes.Test) and node.name not in _VIEW_TESTS:
            yield _unknown(line, "test", node.name, _VIEW_TESTS)
        elif isinstance(node, (nodes.Import, nodes.FromImport, nodes.Include, nodes.Extends)):
            yield from _missing_views(node, line, views)
        yield from _hidden_names(node, line)


def _tag(node: nodes.Node) -> str:
    """Return the first word of a part of a template."""
    found = next((tag for kind, tag in _TAGS.items() if isinstance(node, kind)), "")
    return found or type(node).__name__.lower()


def _call_problems(node: nodes.Call, line: int, known: MacroNames) -> Iterator[TemplateProblem]:
    """Yield calls other than macros by their names, and a few methods of texts, lists and mappings."""
    called = node.node
    if isinstance(called, nodes.Getattr) and called.attr not in _PAGE_METHODS:
        if not called.attr.startswith("_"):
            hint = suggestion(called.attr, _PAGE_METHODS) or "Use a macro by its name"
            yield TemplateProblem(line, called.attr, f"A page can't call `{called.attr}`", hint)
    elif not isinstance(called, (nodes.Name, nodes.Getattr)):
        yield TemplateProblem(line, "", "A page can only call macros", "Use a macro by its name")
    elif isinstance(called, nodes.Name) and called.name == "loop":
        yield TemplateProblem(line, called.name, "A page can't call `loop`", "Use a loop inside the loop")
    if node.dyn_args is not None or node.dyn_kwargs is not None:
        message = "A page can't unpack arguments with `*`"
        yield TemplateProblem(line, "*", message, "Replace it with the separate arguments")
    elif isinstance(called, nodes.Name):
        named = [keyword.key for keyword in node.kwargs]
        yield from argument_problems(line, called.name, len(node.args), named, known)


def _hidden_names(node: nodes.Node, line: int) -> Iterator[TemplateProblem]:
    """Yield attributes that start with an underscore. They belong to Python, not to templates."""
    name = ""
    if isinstance(node, nodes.Getattr):
        name = node.attr
    elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        name = node.arg.value if isinstance(node.arg.value, str) else ""
    elif isinstance(node, nodes.Filter):
        given = [*node.args[:1], *(keyword.value for keyword in node.kwargs if keyword.key == "attribute")]
        texts = [arg.value for arg in given if isinstance(arg, nodes.Const) and isinstance(arg.value, str)]
        parts = [part for text in texts for part in text.split(".") if part.startswith("__")]
        name = parts[0] if parts else ""
    if name.startswith("_"):
        hint = "Use a name that doesn't start with an underscore"
        yield TemplateProblem(line, name, f"Attribute `{name}` is not available", hint)


def _stored_in_view(tree: Iterable[nodes.Node]) -> Iterator[str]:
    """Yield the names that a view or Jinja assigns."""
    yield from ("loop", "self", "super", "caller", "varargs", "kwargs")
    for node in tree:
        if isinstance(node, (nodes.Macro, nodes.NSRef, nodes.Name)):
            if getattr(node, "ctx", "store") != "load":
                yield node.name
        elif isinstance(node, nodes.Import):
            yield node.target
        elif isinstance(node, nodes.FromImport):
            yield from (name if isinstance(name, str) else name[1] for name in node.names)


def _missing_views(
    node: nodes.Import | nodes.FromImport | nodes.Include | nodes.Extends, line: int, views: Collection[str]
) -> Iterator[TemplateProblem]:
    name = node.template.value if isinstance(node.template, nodes.Const) else None
    ignored = isinstance(node, nodes.Include) and node.ignore_missing
    if isinstance(name, str) and name not in views and not ignored:
        yield TemplateProblem(line, name, f"Unknown view `{name}`", suggestion(name, views))


def _unknown(line: int, what: str, name: str, known: Collection[str]) -> TemplateProblem:
    hint = suggestion(name, known) or f"Use an available {what}"
    return TemplateProblem(line, name, f"Unknown {what} `{name}`", hint)
