"""The macros that pages can call: ours, and those of the site's own and installed modules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice

from handbook.base.findings import MOST_OF_A_FILE
from handbook.base.named_tuples import NamedTuple
from handbook.base.problem import Problem, span_of_word
from handbook.base.regex import regex
from handbook.base.words import suggestion
from handbook.read.context import Context
from handbook.read.macro_names import MacroNames, has_only_ours
from handbook.read.macros import page_macros
from handbook.read.packs import installed
from handbook.read.page_language import MacroSyntaxError
from handbook.read.settings import SETTINGS_FILE

_FIGURES = "macros/figures"
_SUFFIX = ".jinja"
_STRANGE_SIGN = regex(r"unexpected char '(.)'")
_CURLED = "“”„‟‘’‚‛«»‹›"  # noqa: RUF001 - that they look like quotes is the point
"""Quotes of word processors."""


ANCHOR_HINT = "Write the anchor of a heading with a space, as in `{ #anchor }`"
_SHOWN = "To show the braces, put them between `{% raw %}` and `{% endraw %}`"

_READERS = frozenset(
    {"read_csv", "read_excel", "read_feather", "read_fwf", "read_json", "read_raw", "read_table", "read_yaml"}
)
"""The macros of the plugin mkdocs-table-reader. They read any file of the computer that builds."""


class TemplateProblem(NamedTuple):
    """Something that a template can't use.

    Attributes:
        line: The line of the text, counted from 1.
        name: The invalid part as written on that line; empty for the whole line.
        message: The problem.
        hint: The fix.
    """

    line: int
    name: str
    message: str
    hint: str


def page_names(context: Context) -> MacroNames:
    """Return the macros, filters and variables that the pages of a site have."""
    settings = context.site.macros
    if settings is None:
        return MacroNames()
    if has_only_ours(context.site.root, settings):
        known = MacroNames()
        known.has_ours = True
    else:
        from handbook.read.macro_sources import read_macro_names  # noqa: PLC0415 - as it says

        known = read_macro_names(context.site.root, settings)
    if known.has_ours or not known.is_complete:
        macros = page_macros(context.kinds.values())
        known.ours = {name: macro for name, macro in macros.items() if name not in known.macros}
        off = page_macros(context.kinds_off.values())
        known.off = {name: context.kinds_off[each.kind].plural for name, each in off.items() if each.kind}
    if known.has_ours:
        known.macros |= known.ours.keys()
        own = {site.root / _FIGURES for site in context.site.upwards}
        for folder in {*own, *(each / "figures" for each in installed("macros"))}:
            known.macros |= {path.stem for path in folder.glob(f"*{_SUFFIX}")}
    return known


def kind_off(plural: str) -> str:
    """Return why something about a content type can't be shown."""
    return f"`kinds` in {SETTINGS_FILE} switches off {plural.replace('_', ' ')}"


def unknown_macro(line: int, name: str, known: MacroNames, *, is_called: bool = True) -> TemplateProblem:
    """Return the problem for a name that pages can't use. Uncalled, it can be an example of code."""
    if name in known.off:
        message = f"The macro `{name}` is off with its content type"
        return TemplateProblem(line, name, message, f"Remove it: {kind_off(known.off[name])}")
    if name in _READERS:
        hint = "Write a table in Markdown, or a macro of your own in `macros/__init__.py` that reads the file"
        return TemplateProblem(line, name, f"Pages can't read files with `{name}`", hint)
    hint = suggestion(name, known.macros | known.variables) or "Use a macro from the macro reference"
    if not is_called:
        hint = f"{hint}{'' if hint.endswith('?') else '.'} {_SHOWN}"
    return TemplateProblem(line, name, f"Unknown macro or variable `{name}`", hint)


def argument_problems(
    line: int, name: str, positional: int, named: Sequence[str], known: MacroNames
) -> Iterator[TemplateProblem]:
    """Yield the problem with the arguments of one of our macros, as in `PageMacro.mistake`."""
    macro = known.ours.get(name)
    if macro and (message := macro.mistake(positional, named)):
        yield TemplateProblem(line, name, message, f"Use `{macro.signature}`")


def syntax_problem(error: MacroSyntaxError) -> TemplateProblem:
    """Return the problem with a template that can't be read."""
    sign = _STRANGE_SIGN.match(error.message)
    if sign and sign[1] in _CURLED:
        message = f"Quotation mark `{sign[1]}` does not mark a text in a macro"
        return TemplateProblem(error.line, "", message, "Use the quotes of the keyboard: '")
    if "end of comment tag" in error.message:
        message = "`{#` starts a comment of the macros, which nothing ends"
        return TemplateProblem(error.line, "", message, ANCHOR_HINT)
    hint = "Close every `{{` and every block, or put literal braces between `raw` and `endraw`"
    return TemplateProblem(error.line, "", f"Invalid Jinja: {error.message}", hint)


def problems_in(path: str, text: str, problems: Iterable[TemplateProblem]) -> Iterator[Problem]:
    """Yield the problems with a template, or with its syntax, as those of a rule.

    Args:
        path: The file.
        text: Its text.
        problems: The problems; raise `MacroSyntaxError` for a text that can't be read.
    """
    lines = text.split("\n")
    try:
        found = tuple(islice(problems, 2 * MOST_OF_A_FILE))
    except MacroSyntaxError as error:
        found = (syntax_problem(error),)
    for line, word, message, hint in found:
        yield Problem(path, partial(span_of_word, lines, line, word), message, hint)
