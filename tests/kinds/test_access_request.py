"""One message that requests access to several tools."""

from __future__ import annotations

from handbook.kinds.tool.access_request import access_request
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


def test_without_such_a_tool_there_is_no_line(make_basis: MakeBasis) -> None:
    assert access_request(make_basis({"tools_inventory.yaml": TOOLS}), "day-two").lines == ()
