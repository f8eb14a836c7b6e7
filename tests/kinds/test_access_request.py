"""One message that requests access to several tools."""

from __future__ import annotations

import pytest

from handbook.kinds.tool.access_request import access_request, tool_request
from tests.conftest import MakeBasis

TOOLS = """tools:
  - {id: b, name: beta, summary: A., category: analytics, status: active, tags: [day-one]}
  - {id: c, name: Gamma, summary: A., category: analytics, status: trial, tags: [day-one]}
  - {id: d, name: Delta, summary: A., category: analytics, status: active, tags: [later]}
  - {id: e, name: Epsilon, summary: A., category: analytics, status: active}
  - id: a
    name: Alpha
    summary: A.
    category: analytics
    status: active
    tags: [day-one]
    access: {how: Ask., message: "Alpha, member, $squad NAME"}
"""


def test_the_message_has_a_line_for_each_active_tool_with_the_tag(make_basis: MakeBasis) -> None:
    basis = make_basis({"tools_inventory.yaml": TOOLS})
    assert access_request(basis).lines == ("Alpha, member, squad NAME", "beta")
    assert access_request(basis, "later").lines == ("Delta",)


def test_without_such_a_tool_the_message_asks_which_tools_to_request(make_basis: MakeBasis) -> None:
    request = access_request(make_basis({"tools_inventory.yaml": TOOLS}), "day-two")
    assert request.lines == ()
    assert "Which tools do I need from the first day" in request.text


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            "status: active, access: {how: Ask., approver: ops}",
            "Please give me access to OKR Ltd because [REASON].\nOKR Ltd, for [NAME], from [DATE]",
        ),
        (
            "status: trial, access: {how: Ask., message: 'OKR, a PM, until DAY'}",
            "Please give me access to OKR Ltd because [REASON].\nOKR, a PM, until [DAY]",
        ),
        ("status: active, access: {how: Sign in.}", ""),
        ("status: sunset, access: {how: Ask., approver: ops}", ""),
        ("status: proposed, access: {how: Not bought., approver: ops}", ""),
        ("status: active", ""),
    ],
)
def test_a_tool_has_a_message_if_someone_has_to_be_asked(
    make_basis: MakeBasis, fields: str, message: str
) -> None:
    tool = f"tools: [{{id: okr, name: OKR Ltd, summary: A., category: analytics, {fields}}}]\n"
    teams = "teams: [{id: ops, name: Ops, summary: A.}]\n"
    basis = make_basis({"tools_inventory.yaml": tool, "sources/teams.yaml": teams})
    pieces = tool_request(basis, basis.catalogue.entry("tool", "okr")).pieces
    assert "".join(f"[{each.text}]" if each.is_blank else each.text for each in pieces) == message
