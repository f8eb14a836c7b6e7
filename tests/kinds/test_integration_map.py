"""Who sends what to whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handbook.kinds.tool.integration_map import IntegrationMap, integration_map
from tests.conftest import MakeBasis

MapOf = Callable[[dict[str, str]], IntegrationMap]


@pytest.fixture
def map_of(make_basis: MakeBasis) -> MapOf:
    """The map of tools with these integrations."""

    def work_out(tools: dict[str, str]) -> IntegrationMap:
        entries = [
            f"  - {{id: {name}, name: {name.upper()}, summary: A., category: feedback, {rest}}}\n"
            for name, rest in tools.items()
        ]
        return integration_map(make_basis({"tools_inventory.yaml": f"tools:\n{''.join(entries)}"}))

    return work_out


@pytest.mark.parametrize(
    ("direction", "expected"), [("sends", "a > b"), ("receives", "b > a"), ("both", "a <> b")]
)
def test_a_connection_leads_from_who_sends_to_who_receives(
    map_of: MapOf, direction: str, expected: str
) -> None:
    """Whichever end it is written at."""
    item = f"{{tool: b, direction: {direction}, carries: Notes, how: api}}"
    found = map_of({"a": f"status: active, integrations: [{item}]", "b": "status: active"})
    (each,) = found.connections
    assert f"{each.sender.id} {'<>' if each.mutual else '>'} {each.receiver.id}" == expected
    assert (each.carries, each.how) == ("Notes", "api")
    assert found.unconnected == ()


def test_tools_in_use_that_nothing_connects_to_are_named(map_of: MapOf) -> None:
    """One that is not bought, or gone, need not be connected."""
    item = "{tool: b, direction: sends, carries: Notes}"
    statuses = {"c": "active", "d": "trial", "e": "sunset", "f": "proposed", "g": "retired"}
    lonely = {name: f"status: {status}" for name, status in statuses.items()}
    found = map_of({"a": f"status: active, integrations: [{item}]", "b": "status: retired", **lonely})
    assert [tool.id for tool in found.unconnected] == ["c", "d", "e"]
    assert [each.tool.id for each in found.exchanges] == ["a", "b"]


def test_tools_are_in_the_order_of_their_categories(make_basis: MakeBasis) -> None:
    """Whatever their names are, so that tools for one purpose are side by side."""
    categories = {"a": "experimentation", "b": "roadmap", "c": "analytics", "d": "roadmap"}
    links = ", ".join(f"{{tool: {name}, direction: sends}}" for name in "acd")
    entries = [
        f"  - {{id: {name}, name: {name}, summary: A., status: active, category: {category}"
        f"{f', integrations: [{links}]' if name == 'b' else ''}}}\n"
        for name, category in categories.items()
    ]
    found = integration_map(make_basis({"tools_inventory.yaml": f"tools:\n{''.join(entries)}"}))
    assert [each.tool.id for each in found.exchanges] == ["b", "d", "c", "a"]


def test_what_is_kept_up_by_hand_and_what_nobody_says_is_named(map_of: MapOf) -> None:
    """Both are where somebody has to look."""
    items = (
        "{tool: b, direction: sends, carries: Notes}, {tool: c, direction: sends, carries: X, how: manual}"
    )
    found = map_of(
        {"a": f"status: active, integrations: [{items}]", "b": "status: active", "c": "status: active"}
    )
    assert [each.receiver.id for each in found.without_method] == ["b"]
    assert [each.receiver.id for each in found.manual] == ["c"]


def test_what_ends_with_a_tool_is_named(map_of: MapOf) -> None:
    items = "{tool: b, direction: sends, how: native}, {tool: c, direction: receives, how: native}"
    found = map_of(
        {"a": f"status: active, integrations: [{items}]", "b": "status: sunset", "c": "status: trial"}
    )
    assert [(each.sender.id, each.receiver.id) for each in found.ending] == [("a", "b")]


def test_a_chat_that_most_tools_report_to_is_apart(make_basis: MakeBasis) -> None:
    """The tools that it exchanges data with, each once, by direction."""
    links = "{tool: b, direction: sends}, {tool: c, direction: receives}"
    links_of = {
        "a": links,
        "b": "{tool: a, direction: receives}",
        "c": "",
        "d": "{tool: a, direction: both}",
    }
    entries = [
        f"  - {{id: {name}, name: {name}, summary: A., status: active, category: feedback,"
        f" integrations: [{found}]}}\n"
        for name, found in links_of.items()
    ]
    settings = "jobs: {chat: a}\n"
    sources = {"tools_inventory.yaml": f"tools:\n{''.join(entries)}", "sources/handbook.yaml": settings}
    bus = integration_map(make_basis(sources)).bus
    assert bus
    assert bus.tool.id == "a"
    assert [[each.id for each in group] for group in (bus.receivers, bus.senders, bus.partners)] == [
        ["b"],
        ["c"],
        ["d"],
    ]
