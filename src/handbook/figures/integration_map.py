"""Which tool sends what to which, and which tools nothing connects to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handbook.figures.basis import Basis
from handbook.link.catalogue import Entry

_IN_USE = ("active", "trial", "sunset")


@dataclass(frozen=True, slots=True)
class Connection:
    """Something that travels from one tool to another.

    Attributes:
        sender: Where it comes from.
        receiver: Where it goes.
        mutual: Whether the same travels back, too.
        carries: What it is.
        how: `native`, `api`, `automation` or `manual`; empty when the entry does not say.
    """

    sender: Entry
    receiver: Entry
    mutual: bool
    carries: str
    how: str


@dataclass(frozen=True, slots=True)
class IntegrationMap:
    """All connections between tools.

    Attributes:
        tools: The tools that are connected, by category and name.
        connections: Every connection once, by the names of its ends.
        alone: Tools in use that nothing connects to.
        unsaid: Connections of which no entry says how they work.
        manual: Connections that somebody keeps up by hand.
    """

    tools: tuple[Entry, ...]
    connections: tuple[Connection, ...]
    alone: tuple[Entry, ...]
    unsaid: tuple[Connection, ...]
    manual: tuple[Connection, ...]


def integration_map(basis: Basis) -> IntegrationMap:
    """Which tool sends what to which, and how, as a picture and a table; and the tools that stand alone."""
    entries = basis.catalogue.entries("tool")
    order = list(basis.catalogue.kind("tool").shape.properties["category"].choices)
    found = sorted(_connections(basis), key=lambda each: (_folded(each.sender), _folded(each.receiver)))
    connected = {id(end) for each in found for end in (each.sender, each.receiver)}
    tools = [tool for tool in entries.values() if id(tool) in connected]
    return IntegrationMap(
        tools=tuple(sorted(tools, key=lambda tool: (order.index(tool.data["category"]), _folded(tool)))),
        connections=tuple(found),
        alone=tuple(
            tool
            for tool in sorted(entries.values(), key=_folded)
            if id(tool) not in connected and tool.data["status"] in _IN_USE
        ),
        unsaid=tuple(each for each in found if not each.how),
        manual=tuple(each for each in found if each.how == "manual"),
    )


def _folded(tool: Entry) -> str:
    return tool.name.casefold()


def _connections(basis: Basis) -> Iterator[Connection]:
    for tool in basis.catalogue.entries("tool").values():
        for item in tool.data.get("integrations", ()):
            other = basis.catalogue.resolve(("tool",), item["tool"])
            # Only a page previewed while its sources have findings gets here with no entry.
            if other:
                ends = (other, tool) if item["direction"] == "receives" else (tool, other)
                yield Connection(*ends, item["direction"] == "both", item["carries"], item.get("how", ""))
