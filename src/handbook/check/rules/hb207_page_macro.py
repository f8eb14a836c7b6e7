"""References: a page with an unsupported call, or with an unknown entry or kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial

from handbook.base.fixes import Edit, Fix
from handbook.base.problem import Problem, span_of_word
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.base.words import one_of, shown, suggestion
from handbook.check.page_names import (
    TemplateProblem,
    argument_problems,
    kind_off,
    page_names,
    problems_in,
    unknown_macro,
)
from handbook.check.rules.examples import TOOL
from handbook.read.context import Context
from handbook.read.files import CONFIG
from handbook.read.macro_calls import MacroCall, jinja_calls, simple_calls, template_of
from handbook.read.macro_names import MacroNames
from handbook.read.macro_settings import is_rendered
from handbook.read.macros import PageMacro
from handbook.read.page_language import MacroSyntaxError
from handbook.read.pages import Page
from handbook.read.schemas.selecting import wrong_selection
from handbook.read.schemas.shapes import Shape


@rule(
    "HB207",
    "page-macro",
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
    simple = simple_calls(text)
    if simple is None:
        from handbook.check.templates import page_problems  # noqa: PLC0415 - Jinja is slow to import

        problems = page_problems(text, known)
    else:
        problems = _call_problems(simple, known)
    yield from problems_in(page.shown_path, page.text, problems)
    with suppress(MacroSyntaxError):
        for call in jinja_calls(text) if simple is None else simple:
            yield from _check_names(context, page, call, known.ours.get(call.name))


def _call_problems(calls: Iterable[MacroCall], known: MacroNames) -> Iterator[TemplateProblem]:
    for call in calls:
        if known.is_complete and call.name not in known.macros:
            yield unknown_macro(call.line, call.name, known)
        yield from argument_problems(call.line, call.name, len(call.arguments), list(call.named), known)


def _check_names(context: Context, page: Page, call: MacroCall, macro: PageMacro | None) -> Iterator[Problem]:
    """Yield problems with the kind and the ID of a call, if they are literals on the page."""
    given = macro.arguments(call.arguments, call.named) if macro else {}
    kind = (macro and macro.kind) or given.get("kind")
    wanted = given.get("id")
    if not macro or not isinstance(kind, str):
        return
    if kind not in context.kinds:
        described = (context.settings_kind, context.page_kind, context.gone_kind)
        others = [other.name for other in described if other]
        if macro.shows or kind not in others:
            place = partial(_place, page, call, kind)
            if kind in context.kinds_off:
                message = f"The content type {shown(kind)} is off"
                hint = f"Remove it: {kind_off(context.kinds_off[kind].plural)}"
            else:
                message = f"Unknown content type {shown(kind)}"
                hint = suggestion(kind, context.kinds) or "Add a schema for it"
            yield Problem(page.shown_path, place, message, hint)
    elif (
        isinstance(wanted, str)
        and kind not in context.uncertain_kinds
        and wanted not in context.ids.get(kind, {})
        and (kind, wanted) not in context.misspelt_ids
    ):
        gone = context.gone.get((kind, wanted))
        label = context.kinds[kind].label
        yield Problem(
            page.shown_path,
            partial(_place, page, call, wanted),
            f"{label} {shown(wanted)} was {gone.said}"
            if gone
            else f"Unknown {label.lower()} {shown(wanted)}",
            partial(_hint, context, kind, wanted),
            correction=partial(_fix, context, page, call, (kind, wanted)),
        )
    if kind in context.kinds:
        for written, message, hint in _wrong_fields(context.kinds[kind].shape, given):
            yield Problem(page.shown_path, partial(_place, page, call, written), message, hint)


def _wrong_fields(shape: Shape, given: Mapping[str, object]) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with the fields that a table is made by: as written, the problem and a hint."""
    where = given.get("where")
    if isinstance(where, Mapping):
        yield from wrong_selection(shape, where)
    for argument in ("sort", "columns", "group", "compare"):
        names = given.get(argument)
        listed = names if isinstance(names, list) else [names]
        for written in dict.fromkeys(name for name in listed if isinstance(name, str)):
            if written:
                name = written.removeprefix("-") if argument == "sort" else written
                for _name, message, hint in wrong_selection(shape, {name: ()}):
                    yield written, message, hint


def _fix(context: Context, page: Page, call: MacroCall, name: tuple[str, str]) -> Fix | None:
    """Return the fix for a former ID, and the likely one for an entry that was removed."""
    kind, wanted = name
    successor, gone, span = context.former.get(name), context.gone.get(name), _place(page, call, wanted)
    if span.end_column - span.column != len(wanted):
        return None
    if gone:
        instead = gone.instead_of((kind,), context.ids)
        return Fix((Edit(page.shown_path, span, instead),), is_safe=False) if instead else None
    if successor is None or successor.kind.name != kind:
        return None
    return Fix((Edit(page.shown_path, span, successor.id),))


def _hint(context: Context, kind: str, wanted: str) -> str:
    successor, gone = context.former.get((kind, wanted)), context.gone.get((kind, wanted))
    if gone:
        instead = gone.instead_of((kind,), context.ids)
        return f"Use `{instead}`" if instead else "Remove it from the page, or use another one"
    if successor:
        if successor.kind.name == kind:
            return f"Use `{successor.id}`, its new ID"
        return f"Use the {successor.kind.label.lower()} `{successor.id}`, which replaces it"
    return context.names[kind].suggestion(wanted) or f"Add it to {one_of(context.kinds[kind].sources)}"


def _place(page: Page, call: MacroCall, name: str) -> Span:
    """Return the place of a name in a call; the line of the call if the name is on another line."""
    line = page.text.split("\n")[call.line - 1]
    start = max(line.find(call.name), 0)
    quoted = [found for quote in "\"'" if (found := line.find(f"{quote}{name}{quote}", start)) >= 0]
    column = min(quoted) + 2 if quoted else 1
    return Span(call.line, column, call.line, column + (len(name) if quoted else 1))
