"""The integrations between tools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from handbook.base.choices import meaning_of
from handbook.kinds.any.basis import Basis, choice_index
from handbook.kinds.any.figure import figure
from handbook.kinds.tool.states import is_ending, is_gone, is_in_use
from handbook.link.catalogue import Entry

_FIELDS = ("tool", "direction", "carries")
_NEEDS = {"tool": ["category", "status", *(f"integrations.{field}" for field in _FIELDS)]}

_BUS_FROM = 3
"""The tools from which the chat is a box of its own below the diagram."""


@dataclass(frozen=True, slots=True)
class Connection:
    """An integration between two tools.

    Attributes:
        sender: The tool that sends the data.
        receiver: The tool that receives the data.
        mutual: Whether it is two-way.
        carries: The data exchanged; empty if it is not recorded.
        how: The method: `native`, `api`, `automation` or `manual`; empty if not specified.
    """

    sender: Entry
    receiver: Entry
    mutual: bool
    carries: str
    how: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a tool exchanges data with.

    Attributes:
        tool: The tool.
        is_ending: Whether it is in sunset or retired.
        receivers: The tools that it only sends to.
        senders: The tools that it only receives from.
        partners: The tools of its two-way integrations.
    """

    tool: Entry
    is_ending: bool
    receivers: tuple[Entry, ...]
    senders: tuple[Entry, ...]
    partners: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class IntegrationMap:
    """All integrations between tools.

    Attributes:
        exchanges: What each tool with integrations exchanges data with, by category and name.
        connections: The integrations, sorted by the names of both tools.
        unconnected: The tools in use without an integration.
        without_method: The integrations without a method.
        manual: The manual data transfers.
        ending: The integrations that end, because a tool is in sunset or retired.
        bus: The same for the tool that does the job of the chat, if it has several integrations.
    """

    exchanges: tuple[Exchange, ...]
    connections: tuple[Connection, ...]
    unconnected: tuple[Entry, ...]
    without_method: tuple[Connection, ...]
    manual: tuple[Connection, ...]
    ending: tuple[Connection, ...]
    bus: Exchange | None = None


@figure(_NEEDS)
def integration_map(basis: Basis) -> IntegrationMap:
    """Show the integrations between tools as a diagram and a table, and the tools without integrations."""
    entries = sorted(basis.entries("tool"), key=_folded)
    found = sorted(_connections(basis), key=lambda each: (_folded(each.sender), _folded(each.receiver)))
    connected = {id(end) for each in found for end in (each.sender, each.receiver)}
    by_category = sorted(entries, key=lambda tool: choice_index(tool, "category"))
    exchanges = tuple(_exchange(tool, found) for tool in by_category if id(tool) in connected)
    chat = basis.catalogue.resolve(("tool",), basis.settings.jobs.get("chat", ""))
    return IntegrationMap(
        exchanges=exchanges,
        connections=tuple(found),
        unconnected=tuple(tool for tool in entries if id(tool) not in connected and is_in_use(tool.data)),
        without_method=tuple(each for each in found if not each.how),
        manual=tuple(each for each in found if meaning_of(each.how) == "manual"),
        ending=tuple(each for each in found if _ends(each.sender) or _ends(each.receiver)),
        bus=next((each for each in exchanges if each.tool is chat and _size(each) >= _BUS_FROM), None),
    )


def _exchange(tool: Entry, connections: Sequence[Connection]) -> Exchange:
    return Exchange(
        tool,
        _ends(tool),
        receivers=_others(each.receiver for each in connections if each.sender is tool and not each.mutual),
        senders=_others(each.sender for each in connections if each.receiver is tool and not each.mutual),
        partners=_others(
            each.receiver if each.sender is tool else each.sender
            for each in connections
            if each.mutual and tool in (each.sender, each.receiver)
        ),
    )


def _others(tools: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple({id(tool): tool for tool in tools}.values())


def _size(exchange: Exchange) -> int:
    return len(exchange.receivers) + len(exchange.senders) + len(exchange.partners)


def _ends(tool: Entry) -> bool:
    return is_ending(tool.data) or is_gone(tool.data)


def _folded(tool: Entry) -> str:
    return tool.name.casefold()


def _connections(basis: Basis) -> Iterator[Connection]:
    for tool in basis.entries("tool"):
        for item in tool.data.get("integrations", ()):
            other = basis.catalogue.resolve(("tool",), item["tool"])
            # Only the preview of a page with errors in its sources gets here without an entry.
            if other:
                ends = (other, tool) if item["direction"] == "receives" else (tool, other)
                yield Connection(
                    *ends, item["direction"] == "both", item.get("carries", ""), item.get("how", "")
                )
