"""References: a page that asks for an entry or a kind that is not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

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
        lines = page.text.split("\n")
        for call in calls:
            yield from _check_call(context, page, lines, call)


def _check_call(context: Context, page: Page, lines: Sequence[str], call: MacroCall) -> Iterator[Problem]:
    """The kind and the id that a call names, as far as they are written out on the page."""
    arguments = call.arguments
    if call.name in _OF_A_KIND:
        kind, arguments = (arguments[0] if arguments else None), arguments[1:]
        others = [other.name for other in (context.settings_kind, context.page_kind) if other]
        if call.name == "field_reference" and kind in others:
            return
        if isinstance(kind, str) and kind not in context.kinds:
            place = partial(_place, lines, call, kind)
            hint = suggestion(kind, context.kinds) or "add a schema for it"
            yield Problem(page.shown_path, place, f"there is no kind {shown(kind)}", hint)
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
            f"there is no {label} {shown(wanted)}",
            partial(_hint, context, kind, wanted),
        )


def _hint(context: Context, kind: str, wanted: str) -> str:
    heir = context.former.get((kind, wanted))
    if heir:
        what = "called" if heir.kind.name == kind else f"the {heir.kind.label.lower()}"
        return f"it is {what} `{heir.id}` now"
    return context.names[kind].suggestion(wanted) or f"add it to {one_of(context.kinds[kind].sources)}"


def _place(lines: Sequence[str], call: MacroCall, name: str) -> Span:
    """Where a name stands in a call; the line of the call when the name stands on another one."""
    line = lines[call.line - 1]
    start = max(line.find(call.name), 0)
    quoted = [found for quote in "\"'" if (found := line.find(f"{quote}{name}{quote}", start)) >= 0]
    column = min(quoted) + 2 if quoted else 1
    return Span(call.line, column, call.line, column + (len(name) if quoted else 1))


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
