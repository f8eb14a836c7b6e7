"""Which active tools do the same job: those that share a capability."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from handbook.figures.basis import Basis
from handbook.link.catalogue import Entry


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two active tools that share a capability.

    Attributes:
        one: The tool that comes first by its id.
        other: The other one.
        shared: The capabilities that both have.
        covered: The one of them whose every capability the other has, too; of two alike, the one with fewer
            active people. It is the one that could go.
        why: What both are needed for, where one of them says that the pair is wanted.
    """

    one: Entry
    other: Entry
    shared: tuple[str, ...]
    covered: Entry | None
    why: str

    def partner(self, tool: Entry) -> Entry:
        """The other one of the two."""
        return self.other if tool is self.one else self.one


def tool_overlaps(basis: Basis) -> Sequence[Overlap]:
    """Every pair of active tools that share a capability."""
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
    """The active tools that can do each thing, by id."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for tool in basis.catalogue.entries("tool").values():
        if tool.data["status"] == "active":
            for capability in tool.data.get("capabilities", ()):
                found[capability].append(tool)
    return found


def _shared(one: Entry, other: Entry) -> tuple[str, ...]:
    """The capabilities that both tools have, as the first lists them."""
    others = set(other.data["capabilities"])
    return tuple(capability for capability in one.data["capabilities"] if capability in others)


def _covered(one: Entry, other: Entry) -> Entry | None:
    first, second = (set(tool.data["capabilities"]) for tool in (one, other))
    if first == second:
        return min((other, one), key=_active)
    return one if first < second else other if second < first else None


def _active(tool: Entry) -> int:
    return int(tool.data.get("seats", {}).get("active", 0))


def _why(tool: Entry, other: Entry) -> str:
    """What the entry of a tool says about another that it overlaps with on purpose."""
    return next((str(pair["why"]) for pair in tool.data.get("overlaps", ()) if pair["tool"] == other.id), "")
