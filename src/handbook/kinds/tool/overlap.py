"""Overlapping tools: active tools that share a capability.

A thousand tools with one capability in common make half a million pairs. So overlaps are listed by
capability, and each tool names only a few of the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from handbook.kinds.any.basis import Basis
from handbook.kinds.tool.states import is_active
from handbook.link.catalogue import Entry
from handbook.read.values import number_at

_MOST_NAMED = 3
"""The most other tools that a tool names."""


@dataclass(frozen=True, slots=True)
class Partners:
    """The other active tools that share a capability with a tool.

    Attributes:
        covering: A tool with all of its capabilities, which makes it a candidate for a sunset. Of two alike,
            it is the one with more active users; if those are unknown, neither covers the other.
        unexplained: Tools that share some, each with the shared capabilities; a few of them.
        has_more: Whether there are more of these.
        covered: Tools that it covers; a few of them.
        intentional: Tools with which an overlap is intentional.
    """

    covering: Entry | None = None
    unexplained: tuple[tuple[Entry, tuple[str, ...]], ...] = ()
    has_more: bool = False
    covered: tuple[Entry, ...] = ()
    intentional: tuple[Entry, ...] = ()

    def __bool__(self) -> bool:
        """Return whether there is any."""
        return bool(self.covering or self.unexplained or self.covered or self.intentional)


@dataclass(frozen=True, slots=True)
class SharedCapability:
    """A capability of several active tools.

    Attributes:
        name: The capability.
        tools: The tools, by ID.
        covered: Those that another tool covers.
        reasons: Why all of them are needed, if every overlap is intentional.
    """

    name: str
    tools: tuple[Entry, ...]
    covered: tuple[Entry, ...]
    reasons: tuple[str, ...]


class Overlaps:
    """The overlaps of all active tools.

    Attributes:
        by_capability: The active tools by capability, by ID.
    """

    def __init__(self, basis: Basis) -> None:
        self.by_capability: dict[str, list[Entry]] = defaultdict(list)
        self._alike: dict[frozenset[str], list[Entry]] = defaultdict(list)
        self._why: dict[str, dict[str, str]] = defaultdict(dict)
        active = [tool for tool in basis.entries("tool") if is_active(tool.data)]
        self._by_id = {tool.id: tool for tool in active}
        for tool in active:
            for capability in tool.data.get("capabilities", ()):
                self.by_capability[capability].append(tool)
            if tool.data.get("capabilities"):
                self._alike[_capabilities(tool)].append(tool)
            for pair in tool.data.get("overlaps", ()):
                if pair["tool"] in self._by_id:
                    self._why[tool.id].setdefault(pair["tool"], str(pair["why"]))
                    self._why[pair["tool"]].setdefault(tool.id, str(pair["why"]))
        self._sets: dict[str, list[frozenset[str]]] = defaultdict(list)
        for names, tools in self._alike.items():
            # Those with the most users cover the others.
            tools.sort(key=_fewest_last)
            for name in names:
                self._sets[name].append(names)

    def of(self, tool: Entry) -> Partners:
        """Return the tools that overlap with a tool; none if it is not active."""
        if tool.id not in self._by_id:
            return Partners()
        unexplained: list[tuple[Entry, tuple[str, ...]]] = []
        covered: list[Entry] = []
        for other in self._others(tool):
            candidate = _covered(tool, other)
            if candidate is None:
                unexplained.append((other, _shared(tool, other)))
                if len(unexplained) > _MOST_NAMED:
                    break
            elif candidate is other and len(covered) < _MOST_NAMED:
                covered.append(other)
        shared = (self._by_id[name] for name in sorted(self._why[tool.id]))
        return Partners(
            self._covering(tool),
            tuple(unexplained[:_MOST_NAMED]),
            len(unexplained) > _MOST_NAMED,
            tuple(covered),
            tuple(other for other in shared if _shared(tool, other)),
        )

    def shared_by(self, tool: Entry) -> tuple[str, ...]:
        """Return the capabilities that an active tool shares with another one."""
        names = tool.data.get("capabilities", ()) if tool.id in self._by_id else ()
        return tuple(name for name in names if len(self.by_capability[name]) > 1)

    @cached_property
    def shared(self) -> tuple[SharedCapability, ...]:
        """The capabilities of several tools, by name."""
        covered = {tool.id for tool in self._by_id.values() if self._covering(tool)}
        return tuple(
            SharedCapability(
                name,
                tuple(tools),
                tuple(tool for tool in tools if tool.id in covered),
                self._reasons(tools),
            )
            for name, tools in sorted(self.by_capability.items())
            if len(tools) > 1
        )

    def _covering(self, tool: Entry) -> Entry | None:
        """Return a tool with all capabilities of a tool, if their overlap is not intentional."""
        names = _capabilities(tool)
        rarest = min(names, key=lambda name: (len(self._sets[name]), name), default="")
        found: list[Entry] = []
        for other_names in self._sets.get(rarest, ()):
            if names <= other_names:
                others = self._unintended(tool, self._alike[other_names])
                found += islice((other for other in others if _covered(tool, other) is tool), 1)
        return min(found, key=lambda other: other.id, default=None)

    def _others(self, tool: Entry) -> Iterator[Entry]:
        """Yield tools that share a capability with a tool: the first ones of each set of capabilities."""
        visited: set[frozenset[str]] = set()
        for name in tool.data.get("capabilities", ()):
            for names in self._sets[name]:
                if names not in visited:
                    visited.add(names)
                    yield from islice(self._unintended(tool, self._alike[names]), _MOST_NAMED + 1)

    def _unintended(self, tool: Entry, others: Sequence[Entry]) -> Iterator[Entry]:
        intended = self._why.get(tool.id, {})
        return (other for other in others if other is not tool and other.id not in intended)

    def _reasons(self, tools: Sequence[Entry]) -> tuple[str, ...]:
        """Return why tools overlap, if each pair of them does so intentionally."""
        ids = {tool.id for tool in tools}
        pairs = {
            (tool.id, other): why
            for tool in tools
            for other, why in self._why.get(tool.id, {}).items()
            if other in ids and tool.id < other
        }
        is_all = len(pairs) == len(ids) * (len(ids) - 1) // 2
        return tuple(dict.fromkeys(pairs.values())) if is_all else ()


def _capabilities(tool: Entry) -> frozenset[str]:
    return frozenset(tool.data.get("capabilities", ()))


def _fewest_last(tool: Entry) -> tuple[float, str]:
    """Return a key that puts tools with an unknown number of users first, then those with many."""
    active = number_at(tool.data, ("seats", "active"))
    return (float("-inf") if active is None else -active), tool.id


def _shared(one: Entry, other: Entry) -> tuple[str, ...]:
    """Return the shared capabilities, in the order of the first tool."""
    others = _capabilities(other)
    return tuple(capability for capability in one.data.get("capabilities", ()) if capability in others)


def _covered(one: Entry, other: Entry) -> Entry | None:
    """Return which of two tools has no capabilities of its own; `None` if both have, or it is unknown."""
    first, second = _capabilities(one), _capabilities(other)
    if first == second:
        active, others_active = (number_at(tool.data, ("seats", "active")) for tool in (one, other))
        if active is None or others_active is None:
            return None
        return max((one, -active, one.id), (other, -others_active, other.id), key=lambda each: each[1:])[0]
    return one if first < second else other if second < first else None
