"""Content: fields inside a text, because a quote is not closed."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import one_of
from handbook.check.rules.examples import with_tool
from handbook.read.context import Context
from handbook.read.yaml.document import json_pointer

_OPEN = """tools:
  - id: linear
    name: Linear
    summary: 'Plans the work of every squad.
    «category»: project-management
    status: active
    vendor: Linear'
"""


@rule(
    "HB313",
    "swallowed-field",
    reason=(
        "A quoted text continues to the next quote, even on another line. If the closing quote is missing, "
        "the fields below become part of the text and are lost without a warning from YAML."
    ),
    bad={"tools_inventory.yaml": _OPEN},
    good=with_tool(),
    is_local=True,
)
def _check(context: Context) -> Iterator[Problem]:
    for entry, lost in context.swallowed:
        whole = (*entry.at, *lost.pointer)
        line = entry.source.document.value_span(whole).line
        yield Problem(
            entry.source.path,
            lost.span,
            f"{one_of(lost.names, 'and')} became part of a text "
            f"because the quote on line {line} is not closed",
            f"Add the closing quote at the end of the text that starts on line {line}",
            json_pointer(whole),
            entry.kind.name,
            entry.id,
        )
