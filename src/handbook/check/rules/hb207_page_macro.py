"""References: a page that asks for an entry or a kind that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.check.context import Context
from handbook.check.problem import Problem
from handbook.check.rule import Rule
from handbook.check.rules.examples import TOOL
from handbook.check.words import one_of, shown, suggestion
from handbook.findings import Severity, Span
from handbook.read.macros import MacroCall, MacroSyntaxError, macro_calls
from handbook.read.pages import Page

_OF_A_KIND = frozenset({"entries", "field_reference", "ref"})


def _check(context: Context) -> Iterator[Problem]:
    for page in context.pages:
        try:
            calls = macro_calls(page)
        except MacroSyntaxError as error:
            yield Problem(
                page.shown_path,
                Span(error.line, 1, error.line, 2),
                f"the macros on this page cannot be read: {error.message}",
                "close every `{{` with `}}`; to show braces as text, write them between raw and endraw tags",
            )
            continue
        for call in calls:
            yield from _check_call(context, page, call)


def _check_call(context: Context, page: Page, call: MacroCall) -> Iterator[Problem]:
    """The kind and the id that a call names, as far as they are written out on the page."""
    arguments = call.arguments
    if call.name in _OF_A_KIND:
        kind, arguments = (arguments[0] if arguments else None), arguments[1:]
        if call.name == "field_reference" and context.settings_kind and kind == context.settings_kind.name:
            return
        if isinstance(kind, str) and kind not in context.kinds:
            hint = suggestion(kind, context.kinds) or "add a schema for it"
            yield _problem(page, call, kind, f"there is no kind {shown(kind)}", hint)
            return
        if call.name != "ref":
            return
    else:
        kind = call.name
    if not isinstance(kind, str) or kind not in context.kinds or kind in context.uncertain_kinds:
        return
    wanted = arguments[0] if arguments else None
    ids = context.ids.get(kind, {})
    if isinstance(wanted, str) and wanted not in ids and (kind, wanted) not in context.misspelt_ids:
        label = context.kinds[kind].label.lower()
        hint = suggestion(wanted, ids) or f"add it to {one_of(context.kinds[kind].sources)}"
        yield _problem(page, call, wanted, f"there is no {label} {shown(wanted)}", hint)


def _problem(page: Page, call: MacroCall, name: str, message: str, hint: str) -> Problem:
    line = page.text.split("\n")[call.line - 1]
    column = line.find(name, max(line.find(call.name), 0)) + 1
    span = Span(call.line, max(column, 1), call.line, max(column, 1) + (len(name) if column else 1))
    return Problem(page.shown_path, span, message, hint)


RULE = Rule(
    code="HB207",
    name="page-macro",
    severity=Severity.ERROR,
    reason=(
        "A page that asks for an entry that is not there would show an error where the reader expects facts."
    ),
    bad={
        "tools_inventory.yaml": TOOL,
        "docs/index.md": '# Home\n\nWe plan in {{ ref("tool", "«liner»") }}.\n',
    },
    good={
        "tools_inventory.yaml": TOOL,
        "docs/index.md": '# Home\n\nWe plan in {{ ref("tool", "linear") }}.\n',
    },
    check=_check,
)
