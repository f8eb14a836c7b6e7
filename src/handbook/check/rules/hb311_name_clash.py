"""Content: two entries of a kind with the same name."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import shown
from handbook.check.rules.examples import with_tool
from handbook.read.context import Context
from handbook.read.raw import RawEntry
from handbook.read.yaml.document import Pointer

_SECOND = """  - id: linear-insights
    name: Linear Insights
    summary: Charts of the work in Linear.
    category: analytics
    status: proposed
"""


def _names(entry: RawEntry) -> Iterator[tuple[Pointer, str]]:
    """Yield the name and the aliases of an entry, with their places."""
    yield ("name",), str(entry.value.get("name", ""))
    aliases = entry.value.get("aliases", ())
    if isinstance(aliases, list):
        for index, alias in enumerate(aliases):
            yield ("aliases", index), str(alias)


@rule(
    "HB311",
    "name-clash",
    reason=(
        "Two metrics called active user give two answers to one question, and each squad reports its own. "
        "Names and aliases must be unique within a content type and namespace, whatever their capitals."
    ),
    bad=with_tool(_SECOND.replace("Linear Insights", "«linear»")),
    good=with_tool(_SECOND),
)
def _check(context: Context) -> Iterator[Problem]:
    first: dict[tuple[str, str, str], RawEntry] = {}
    for entry in context.sound_entries:
        for pointer, name in _names(entry):
            folded = " ".join(name.casefold().split())
            other = first.setdefault((entry.kind.name, entry.namespace, folded), entry)
            # Two entries with the same ID have been reported as such.
            if not folded or other is entry or other.id == entry.id:
                continue
            label = entry.kind.label.lower()
            place = f"{other.source.path}:{other.source.document.start_span(other.at).line}"
            yield entry.problem(
                pointer,
                f"Duplicate name {shown(name)}: also used by the {label} {shown(other.id)} ({place})",
                "Rename one of them, or merge the two entries",
            )
