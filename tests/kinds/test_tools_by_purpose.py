"""Which tools each purpose has."""

from __future__ import annotations

from handbook.kinds.tool.purposes import tools_by_purpose
from tests.conftest import MakeBasis

INVENTORY = """tools:
  - {id: chat, name: Chat, summary: A., category: communication, status: active}
  - {id: old, name: Old, summary: A., category: feedback, status: retired}
  - {id: one, name: One, summary: A., category: roadmap, status: active}
"""


def test_a_tool_is_listed_for_its_category_and_for_the_job_it_does(make_basis: MakeBasis) -> None:
    """Also for a job that is usually done by a tool of another category, or by one without any."""
    jobs = "jobs: {roadmap: one, feedback: one, flags: old}\n"
    basis = make_basis({"tools_inventory.yaml": INVENTORY, "sources/handbook.yaml": jobs})
    found = [
        (each.category, [tool.id for tool in each.used], [tool.id for tool in each.listed])
        for each in tools_by_purpose(basis)
    ]
    assert found == [
        ("roadmap", ["one"], []),
        ("feedback", ["one"], ["old"]),
        ("communication", ["chat"], []),
    ]


def test_a_handbook_without_tools_has_no_purposes(make_basis: MakeBasis) -> None:
    assert tools_by_purpose(make_basis({"tools_inventory.yaml": "tools: []\n"})) == ()
