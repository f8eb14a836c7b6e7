"""Find the macros that a page calls.

Most pages call macros with literals only, which are valid Python as well as Jinja. So this module parses such
pages itself, and leaves only the others to Jinja, which is slow to import.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from handbook.read.macro_settings import MacroSettings
from handbook.read.pages import Page

_TAG = re.compile(
    # Neither extends into the next one, so a page without closing marks is searched once.
    r"(?<!\{)(?:\{% raw %\}(?:(?!\{% raw %\}).)*?\{% endraw %\}"
    r"|\{\{\s*(?P<call>(?P<name>[a-z_]+)\((?:(?!\{\{|\}\}).)*?\))\s*\}\})",
    re.DOTALL,
)
_TEXT = re.compile(r"\"[^\"\\]*\"|'[^'\\]*'")
_NOT_PYTHON = re.compile(r"[\\#]|\w''|''''")
"""Syntax that differs in Python and Jinja: escapes, comments, texts with a prefix or in triple quotes."""
_LONGEST_CALL = 2_000
_NO_NAMES = frozenset({"true", "false", "none"})


class MacroCall(NamedTuple):
    """A call of a macro on a page, with its literal arguments.

    Attributes:
        name: The macro.
        line: The line of the file, counted from 1.
        arguments: The literal arguments in order; `None` for one that is computed.
    """

    name: str
    line: int
    arguments: tuple[object, ...]


class MacroSyntaxError(Exception):
    """Raised for a page that is not valid Jinja.

    Attributes:
        message: The message of Jinja.
        line: The line of the file, counted from 1.
    """

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def is_rendered(options: Mapping[str, Any], path: str, settings: MacroSettings | None) -> bool:
    """Return whether the macros on a page are rendered, by the rules of mkdocs-macros.

    Args:
        options: The front matter of the page.
        path: The page, below the docs folder.
        settings: The settings of mkdocs-macros; `None` if it renders no pages.
    """
    said = options.get("render_macros")
    if settings is None or said is False:
        return False
    return settings.render_by_default or said is True or _is_forced(path, settings.force_render_paths)


def _is_forced(path: str, patterns: str) -> bool:
    if not patterns.strip():
        return False
    from pathspec.gitignore import GitIgnoreSpec  # noqa: PLC0415 - few sites use patterns

    return GitIgnoreSpec.from_lines(patterns.splitlines()).match_file(path)


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
    return _calls(template_of(page))


@lru_cache(maxsize=512)
def _calls(text: str) -> tuple[MacroCall, ...]:
    """Return the calls in a text, cached because several rules need them."""
    try:
        return _simple(text)
    except ValueError:
        from handbook.read.templates import calls  # noqa: PLC0415 - Jinja is slow to import

        return calls(text)


def is_simple(text: str) -> bool:
    """Return whether all Jinja in a text is calls with literal arguments."""
    try:
        _simple(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=512)
def _simple(text: str) -> tuple[MacroCall, ...]:
    return tuple(simple_calls(text))


def simple_calls(text: str) -> Iterator[MacroCall]:
    """Return the calls in a text that contains no other Jinja.

    Raises:
        ValueError: The text might contain other Jinja.
    """
    rest = _TAG.sub(" ", text)
    if "{{" in rest or "{%" in rest or "{#" in rest:
        raise ValueError
    line, counted = 1, 0
    for tag in filter(itemgetter("call"), _TAG.finditer(text)):
        is_long = len(tag["call"]) > _LONGEST_CALL
        if is_long or _NOT_PYTHON.search(_TEXT.sub("''", tag["call"])) or tag["name"] in _NO_NAMES:
            raise ValueError
        line += text.count("\n", counted, tag.start("call"))
        counted = tag.start("call")
        yield MacroCall(tag["name"], line, _arguments(tag["call"]))


def _arguments(call: str) -> tuple[object, ...]:
    """Return the positional arguments; `None` for a list or a mapping.

    Raises:
        ValueError: The call contains more than literals.
    """
    try:
        expression = ast.parse(call, mode="eval").body
    except (SyntaxError, MemoryError, RecursionError) as error:
        raise ValueError from error
    if not isinstance(expression, ast.Call) or not isinstance(expression.func, ast.Name):
        raise ValueError  # noqa: TRY004 - it is the text that is not simple
    given = [*expression.args, *expression.keywords]
    if not all(_is_written_out(node) for part in given for node in ast.walk(part)):
        raise ValueError
    return tuple(part.value if isinstance(part, ast.Constant) else None for part in expression.args)


def _is_written_out(node: ast.AST) -> bool:
    """Return whether a part of an argument has the same meaning in Python and Jinja."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, (str, int, type(None)))
    if isinstance(node, ast.keyword):
        return node.arg is not None
    return isinstance(node, (ast.List, ast.Load)) or (isinstance(node, ast.Dict) and None not in node.keys)
