"""References: a page with an unsupported call, or with an unknown entry or kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from importlib import import_module
from itertools import islice
from typing import Any

from handbook.base.findings import MOST_OF_A_FILE, Severity, Span
from handbook.base.problem import Problem, span_of_word
from handbook.base.rule import rule
from handbook.base.words import one_of, shown, suggestion
from handbook.check.page_names import page_names
from handbook.check.rules.examples import TOOL
from handbook.read.context import Context
from handbook.read.files import CONFIG
from handbook.read.macro_names import MacroNames
from handbook.read.macros import MacroCall, MacroSyntaxError, is_rendered, is_simple, macro_calls, template_of
from handbook.read.pages import Page

_MOST = 2 * MOST_OF_A_FILE
_OF_A_KIND = frozenset({"entries", "field_reference", "ref"})


@rule(
    "HB207",
    "page-macro",
    Severity.ERROR,
    reason=(
        "If a page asks for an entry that doesn't exist, readers would see an error instead of facts. Pages "
        "can call macros and use filters, loops and conditions on their results, and nothing else. Anyone "
        "who edits a page must not be able to run a program on the computer that builds the handbook."
    ),
    bad={
        "tools_inventory.yaml": TOOL,
        "docs/index.md": '# Home\n\nWe plan in {{ ref("tool", "«liner»") }}.\n',
    },
    good={
        "tools_inventory.yaml": TOOL,
        "docs/index.md": '# Home\n\nWe plan in {{ ref("tool", "linear") }}.\n',
    },
)
def _check(context: Context) -> Iterator[Problem]:
    settings = context.site.macros
    for name in settings.unsupported if settings else ():
        message = f"Pages can't use the mkdocs-macros option `{name}`"
        yield Problem(CONFIG, Span(), message, f"Remove `{name}`, and use a macro instead")
    known = page_names(context)
    for page in context.pages:
        if "{" not in page.text and "_macros" not in page.text:
            continue
        options = page.meta
        if options.get("ignore_macros"):
            place = partial(span_of_word, page.text.split("\n"), 1, "ignore_macros")
            message = "mkdocs-macros doesn't support `ignore_macros`"
            yield Problem(page.shown_path, place, message, "Replace it with `render_macros: false`")
        if not isinstance(options.get("render_macros", True), bool):
            # Some YAML parsers read other words as true or false, and some as text.
            message = "`render_macros` must be `true` or `false`"
            hint = "Use `render_macros: false`, or remove the line"
            yield Problem(page.shown_path, page.document.value_span(("render_macros",)), message, hint)
        elif is_rendered(options, page.path, settings):
            yield from _check_page(context, page, known)


def _check_page(context: Context, page: Page, known: MacroNames) -> Iterator[Problem]:
    text = template_of(page)
    try:
        calls = macro_calls(page, context.site.macros)
        problems = () if is_simple(text) else tuple(islice(_templates().page_problems(text, known), _MOST))
    except MacroSyntaxError as error:
        calls, problems = (), (_templates().syntax_problem(error),)
    lines = page.text.split("\n")
    for line, name, message, hint in problems:
        yield Problem(page.shown_path, partial(span_of_word, lines, line, name), message, hint)
    if is_simple(text) and known.is_complete:
        for call in islice((call for call in calls if call.name not in known.macros), _MOST):
            unknown = _templates().unknown_macro(call.line, call.name, known)
            place = partial(span_of_word, lines, call.line, call.name)
            yield Problem(page.shown_path, place, unknown.message, unknown.hint)
    for call in calls:
        yield from _check_call(context, page, lines, call)


def _templates() -> Any:
    """Import the Jinja checks, which are slow to start, only for pages with more than simple calls."""
    return import_module("handbook.check.templates")


def _check_call(context: Context, page: Page, lines: Sequence[str], call: MacroCall) -> Iterator[Problem]:
    """Yield problems with the kind and the ID of a call, if they are literals on the page."""
    arguments = call.arguments
    if call.name in _OF_A_KIND:
        kind, arguments = (arguments[0] if arguments else None), arguments[1:]
        others = [other.name for other in (context.settings_kind, context.page_kind) if other]
        if call.name == "field_reference" and kind in others:
            return
        if isinstance(kind, str) and kind not in context.kinds:
            place = partial(_place, lines, call, kind)
            hint = suggestion(kind, context.kinds) or "Add a schema for it"
            yield Problem(page.shown_path, place, f"Unknown content type {shown(kind)}", hint)
            return
        if call.name != "ref":
            return
    else:
        kind = call.name
    if not isinstance(kind, str) or kind not in context.kinds or kind in context.uncertain_kinds:
        return
    wanted = arguments[0] if arguments else None
    if not isinstance(wanted, str) or wanted in context.ids.get(kind, {}):
        return
    if (kind, wanted) not in context.misspelt_ids:
        label = context.kinds[kind].label.lower()
        yield Problem(
            page.shown_path,
            partial(_place, lines, call, wanted),
            f"Unknown {label} {shown(wanted)}",
            partial(_hint, context, kind, wanted),
        )


def _hint(context: Context, kind: str, wanted: str) -> str:
    successor = context.former.get((kind, wanted))
    if successor:
        if successor.kind.name == kind:
            return f"Use `{successor.id}`, its new ID"
        return f"Use the {successor.kind.label.lower()} `{successor.id}`, which replaces it"
    return context.names[kind].suggestion(wanted) or f"Add it to {one_of(context.kinds[kind].sources)}"


def _place(lines: Sequence[str], call: MacroCall, name: str) -> Span:
    """Return the place of a name in a call; the line of the call if the name is on another line."""
    line = lines[call.line - 1]
    start = max(line.find(call.name), 0)
    quoted = [found for quote in "\"'" if (found := line.find(f"{quote}{name}{quote}", start)) >= 0]
    column = min(quoted) + 2 if quoted else 1
    return Span(call.line, column, call.line, column + (len(name) if quoted else 1))
