"""Overlapping tools: active tools that share a capability."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from handbook.kinds.any.basis import Basis
from handbook.kinds.tool.states import is_active
from handbook.link.catalogue import Entry
from handbook.read.values import number_at


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two active tools that share a capability.

    Attributes:
        one: The first tool by ID.
        other: The other tool.
        shared: The shared capabilities.
        covered: The tool without unique capabilities, a candidate for a sunset. If both are alike, it is the
            one with fewer active users; if those are unknown, there is no candidate.
        why: Why both are needed, if the overlap is intentional.
    """

    one: Entry
    other: Entry
    shared: tuple[str, ...]
    covered: Entry | None
    why: str

    def partner(self, tool: Entry) -> Entry:
        """Return the other tool."""
        return self.other if tool is self.one else self.one


def tool_overlaps(basis: Basis) -> Sequence[Overlap]:
    """Return every pair of active tools that share a capability."""
    pairs = {
        (one.id, other.id): (one, other)
        for tools in active_by_capability(basis).values()
        for one, other in combinations(tools, 2)
    }
    return [
        Overlap(one, other, _shared(one, other), _covered(one, other), _why(one, other) or _why(other, one))
        for _, (one, other) in sorted(pairs.items(), key=lambda found: found[0])
    ]


def active_by_capability(basis: Basis) -> Mapping[str, Sequence[Entry]]:
    """Return the active tools by capability."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for tool in basis.entries("tool"):
        if is_active(tool.data):
            for capability in tool.data.get("capabilities", ()):
                found[capability].append(tool)
    return found


def _shared(one: Entry, other: Entry) -> tuple[str, ...]:
    """Return the shared capabilities, in the order of the first tool."""
    others = set(other.data["capabilities"])
    return tuple(capability for capability in one.data["capabilities"] if capability in others)


def _covered(one: Entry, other: Entry) -> Entry | None:
    first, second = (set(tool.data["capabilities"]) for tool in (one, other))
    if first == second:
        active, others_active = (number_at(tool.data, ("seats", "active")) for tool in (one, other))
        if active is None or others_active is None:
            return None
        return one if active < others_active else other
    return one if first < second else other if second < first else None


def _why(tool: Entry, other: Entry) -> str:
    """Return why the entry of a tool overlaps with another intentionally; empty if it does not."""
    return next((str(pair["why"]) for pair in tool.data.get("overlaps", ()) if pair["tool"] == other.id), "")
