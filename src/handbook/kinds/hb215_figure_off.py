"""References: a page with a figure about a content type that is switched off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial

from handbook.base.needs import unmet
from handbook.base.problem import Problem, span_of_word
from handbook.base.rule import rule
from handbook.read.context import Context
from handbook.read.macro_calls import macro_calls
from handbook.read.page_language import MacroSyntaxError
from handbook.read.settings import SETTINGS_FILE

_OFF = "kinds: {tool: off}\n"


@rule(
    "HB215",
    "figure-off",
    reason=(
        "A figure is off if its content type is. A page that calls it can't be built, because readers would "
        "see a heading without anything below it."
    ),
    bad={"sources/handbook.yaml": _OFF, "docs/index.md": "# Home\n\n{{ «tool_audit»() }}\n"},
    good={"sources/handbook.yaml": _OFF, "docs/index.md": "# Home\n"},
)
def _check(context: Context) -> Iterator[Problem]:
    if not context.kinds_off:
        return
    # Figures are slow to import, and few sites switch anything off.
    from handbook.kinds.figures import FIGURES  # noqa: PLC0415

    for page in context.pages:
        with suppress(MacroSyntaxError):
            for call in macro_calls(page, context.site.macros):
                missing = unmet(FIGURES[call.name].needs, context.kinds) if call.name in FIGURES else ""
                if missing:
                    place = partial(span_of_word, page.text.split("\n"), call.line, call.name)
                    message = f"The figure `{call.name}` is off: {missing}"
                    hint = f"Remove it, or switch on what it needs under `kinds` in {SETTINGS_FILE}"
                    yield Problem(page.shown_path, place, message, hint)
