"""Find the macros that a page calls.

Most pages call macros with literals only, which are valid Python as well as Jinja. Only others are left to
Jinja, which is slow to import.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import starmap
from keyword import iskeyword
from operator import itemgetter

from handbook.base.memory import key_of, memory
from handbook.base.named_tuples import NamedTuple
from handbook.base.regex import regex
from handbook.read.macro_settings import MacroSettings, is_rendered
from handbook.read.pages import Page

_TAG = regex(
    # It begins with the character to find, which makes the search several times as fast. Neither extends into
    # the next one, so a page without closing marks is searched once.
    r"\{(?<!\{\{)(?:% raw %\}(?:(?!\{% raw %\}).)*?\{% endraw %\}"
    r"|\{\s*(?P<call>(?P<name>[a-z_]+)\((?:(?!\{\{|\}\}).)*?\))\s*\}\})",
    re.DOTALL,
)
_TEXT = regex(r"\"[^\"\\]*\"|'[^'\\]*'")
_NOT_PYTHON = regex(r"[\\#]|\w''|''''")
"""Syntax that differs in Python and Jinja: escapes, comments, texts with a prefix or in triple quotes."""
_TEXTS_ONLY = regex(r"[a-z_]+\((?:\"[^\"\\\r\n]*\"(?:, (?=\")|(?=\))))*\)")
"""A call with texts only, such as most. It needs no parser."""
_LONGEST_CALL = 2_000
_NO_NAMES = frozenset({"true", "false", "none"})


class MacroCall(NamedTuple):
    """A call of a macro on a page, with its literal arguments.

    Attributes:
        name: The macro.
        line: The line of the file, counted from 1.
        arguments: The arguments without a name in order; `None` for one that is no literal.
        named: The others by name.
    """

    name: str
    line: int
    arguments: tuple[object, ...]
    named: Mapping[str, object]


def template_of(page: Page) -> str:
    """Return the text of a page on the same lines, without its front matter, which is never rendered."""
    if not page.text.startswith("---"):
        return page.text
    first = page.first_body_line
    return "\n" * (first - 1) + page.text.split("\n", first - 1)[-1]


def macro_calls(page: Page, settings: MacroSettings | None) -> tuple[MacroCall, ...]:
    """Return the macros that a page calls by name.

    Raises:
        MacroSyntaxError: The page is not valid Jinja.
    """
    if "{" not in page.text or not is_rendered(page.meta, page.path, settings):
        return ()
    text = template_of(page)
    found = simple_calls(text)
    return jinja_calls(text) if found is None else found


# Several rules need the calls of the same pages.


@lru_cache(maxsize=512)
def jinja_calls(text: str) -> tuple[MacroCall, ...]:
    """Return the calls in any text, except those that unpack arguments.

    Raises:
        MacroSyntaxError: It is not valid Jinja.
    """
    from jinja2 import nodes  # noqa: PLC0415 - slow to import

    from handbook.read.templates import parse, walk  # noqa: PLC0415 - needs Jinja

    def literal(node: nodes.Expr) -> object:
        try:
            return node.as_const() if isinstance(node, (nodes.Const, nodes.List, nodes.Dict)) else None
        except (nodes.Impossible, TypeError):  # such as a list as a key
            return None

    return tuple(
        MacroCall(
            node.node.name,
            node.lineno,
            tuple(literal(argument) for argument in node.args),
            {keyword.key: literal(keyword.value) for keyword in node.kwargs},
        )
        for node in walk(parse(text))
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name)
        if node.dyn_args is None and node.dyn_kwargs is None
    )


@lru_cache(maxsize=512)
def simple_calls(text: str) -> tuple[MacroCall, ...] | None:
    """Return the calls in a text without other Jinja, or `None` if there might be other Jinja."""
    kept = memory()
    key = key_of("calls", text) if kept else ""
    found = kept.recall(key) if kept else None
    if found is None:
        calls = _read_calls(text)
        found = (None if calls is None else [tuple(call) for call in calls],)
        if kept:
            kept.keep(key, found)
    return None if found[0] is None else tuple(starmap(MacroCall, found[0]))


def _read_calls(text: str) -> Sequence[MacroCall] | None:
    rest = _TAG.sub(" ", text)
    if "{{" in rest or "{%" in rest or "{#" in rest:
        return None
    line, counted = 1, 0
    calls = []
    for tag in filter(itemgetter("call"), _TAG.finditer(text)):
        line += text.count("\n", counted, tag.start("call"))
        counted = tag.start("call")
        call = _simple_call(tag["name"], line, tag["call"])
        if call is None:
            return None
        calls.append(call)
    return calls


def _simple_call(name: str, line: int, text: str) -> MacroCall | None:
    """Return a call if all its arguments are literals."""
    if name in _NO_NAMES or iskeyword(name):
        return None
    if _TEXTS_ONLY.fullmatch(text):
        return MacroCall(name, line, tuple(text.split('"')[1::2]), {})
    if len(text) > _LONGEST_CALL or _NOT_PYTHON.search(_TEXT.sub("''", text)):
        return None
    from handbook.read.python_calls import read_call  # noqa: PLC0415 - as it says

    found = read_call(text)
    return MacroCall(name, line, *found) if found else None
