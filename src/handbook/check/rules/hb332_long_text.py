"""Content: an ID, a name or a summary that is longer than the handbook's limit."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.check.rules.examples import TOOL, with_tool
from handbook.read.context import Context

_LONG = "name: «Linear" + ", our issue tracker" * 5 + "»"


@rule(
    "HB332",
    "long-text",
    Severity.WARNING,
    reason=(
        "IDs are in addresses, names in menus, and summaries in tables and search results, where long ones "
        "are hard to read. The limits are `limits.id_length` (64 characters), `limits.name_length` (100) and "
        "`limits.summary_length` (400) in `sources/handbook.yaml`."
    ),
    bad={"tools_inventory.yaml": TOOL.replace("name: Linear", _LONG)},
    good=with_tool(),
    is_local=True,
)
def _check(context: Context) -> Iterator[Problem]:
    limits = context.settings.limits
    longest = {"id": limits.id_length, "name": limits.name_length, "summary": limits.summary_length}
    for entry in context.sound_entries:
        for field, most in longest.items():
            text = entry.id if field == "id" else entry.value.get(field)
            if isinstance(text, str) and len(text) > most:
                yield entry.problem(
                    (field,) if field in entry.value else (),
                    f"`{field}` has {len(text):,} characters, more than {most:,}",
                    f"Shorten it, or set `limits.{field}_length` in `sources/handbook.yaml`",
                    "value" if field in entry.value else "start",
                )
