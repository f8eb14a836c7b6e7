"""The fix of a reference to something that has ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from handbook.base.findings import Finding

TOOLS = """tools:
  - {id: new, name: New, summary: A., category: roadmap, status: trial}
  - {id: old, name: Old, summary: A., category: roadmap, status: retired, replaced_by: new}
  - {id: older, name: Older, summary: A., category: roadmap, status: retired, replaced_by: old}
"""
LIST = """name: Start
summary: A.
groups:
  - id: a
    name: A
    items:
      - {id: b, name: B, role: pm, tools: TOOLS}
"""


@pytest.mark.parametrize(
    ("tools", "text"),
    [("[old]", "new"), ("['old']", "'new'"), ("[new, old]", None), ("[older, old]", "new")],
    ids=["plain", "in quotes", "next to its replacement", "two with one replacement"],
)
def test_a_reference_to_a_replaced_tool_can_name_its_replacement(
    check: Callable[[Mapping[str, str]], list[Finding]], tools: str, text: str | None
) -> None:
    files = {
        "tools_inventory.yaml": TOOLS,
        "sources/roles.yaml": "roles: [{id: pm, name: PM, summary: A.}]\n",
        "sources/checklists/start.yaml": LIST.replace("TOOLS", tools),
    }
    fixes = [finding.fix for finding in check(files) if finding.code == "HB345"]
    texts = [edit.text for fix in fixes if fix for edit in fix.edits]
    assert texts == ([text] if text else [])
    assert not any(fix.is_safe for fix in fixes if fix)
