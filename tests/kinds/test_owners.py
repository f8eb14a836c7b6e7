"""Several owners: each is shown, told and asked, and the first one is accountable."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

import pytest

from handbook.base.findings import Finding
from handbook.check.code_owners import code_owner_lines
from handbook.kinds.any.ownership import owners_of, ownership
from handbook.kinds.attention import attention, attention_of, due_next
from handbook.kinds.tool.audit import tool_audit
from handbook.link.selection import select
from handbook.loaded.handbook import Handbook, load
from handbook.output.audit import render_json, render_text
from handbook.read.sources import read_context
from tests.conftest import TODAY, MakeSite
from tests.render.test_macros import macros_of
from tests.render.test_pages import pages_of

TOOL = """  - id: {0}
    name: {1}
    summary: A.
    category: roadmap
    status: active
    owner: {2}
    access: {{how: Ask.}}
    review: {{last: 2026-01-01, next: 2026-11-01}}
"""
FILES = {
    "tools_inventory.yaml": "tools:\n"
    + TOOL.format("shared", "Shared", "[ops, data]")
    + TOOL.format("own", "Own", "data"),
    "sources/teams.yaml": (
        'teams: [{id: ops, name: Operations, summary: A., channel: "#ops", reviewers: ["@example/ops"]},\n'
        '  {id: data, name: Data, summary: A., channel: "#data", reviewers: ["@example/data"]}]\n'
    ),
    "sources/roles.yaml": "roles: [{id: analyst, name: Analyst, summary: A., team: data}]\n",
    "docs/how.md": "---\ntitle: How\nowner: [analyst, ops]\n---\n\n# How\n",
}


@pytest.fixture
def handbook(make_site: MakeSite) -> Handbook:
    handbook = load(make_site(FILES), TODAY)
    assert [finding for finding in handbook.report.findings if finding.code < "HB3"] == []
    return handbook


def test_pages_name_all_owners(handbook: Handbook) -> None:
    pages = {path: re.sub(r"<[^>]+>", "", page.markdown) for path, page in pages_of(handbook).items()}
    assert "Owners: Operations and Data, &#35;ops" in pages["tools/shared.md"]
    assert "Owner: Data, &#35;data" in pages["tools/own.md"]
    # The page of a team names those who share the ownership with it.
    for team, shared, how in (("ops", "Data", "Analyst"), ("data", "Operations", "Analyst, Operations")):
        found = " ".join(pages[f"teams/{team}.md"].split())
        assert f"Shared A. {shared} · review" in found
        assert f"How {how}" in found
    assert "Shared Review it · Operations, Data" in re.sub("<[^>]+>", "", macros_of(handbook)["due_next"]())


def test_a_table_can_be_filtered_by_each_owner(handbook: Handbook) -> None:
    table = macros_of(handbook)["entries"]("tool", columns=["name", "owner"], sort="owner")
    assert table.index("Own<") < table.index("Shared<")
    each = re.findall(r'<span class="hb-each"><a [^>]*>(\w+)</a></span>', table)
    assert each == ["Operations", "Data"]
    tools = handbook.catalogue.entries("tool").values()
    kind = handbook.catalogue.kind("tool")
    assert [tool.id for tool in select(kind, tools, {"owner": "data"})] == ["own", "shared"]


def test_each_owner_is_told_and_the_item_counts_once(handbook: Handbook) -> None:
    found = attention(handbook.basis)
    assert {
        each.owner and each.owner.id: [item.entry.id for item in each.actions] for each in found.owners
    } == {
        "ops": ["shared"],
        "data": ["own", "shared"],
    }
    assert (found.number, found.overdue, len(due_next(handbook.basis))) == (2, 2, 2)
    data = ownership(handbook.basis, handbook.catalogue.entry("team", "data"))
    assert [item.entry.id for item in attention_of(handbook.basis, *data.owners)] == ["own", "shared"]
    assert (data.number, data.involved) == (3, ())


def test_the_audit_counts_a_tool_for_the_accountable_owner(handbook: Handbook) -> None:
    audit = tool_audit(handbook.basis)
    assert [(group.name, len(group.tools)) for group in audit.by_owner] == [("data", 1), ("ops", 1)]
    assert "Operations and Data" in render_text(audit)
    tools = {each["id"]: each for each in json.loads(render_json(audit))["tools"]}
    assert (tools["shared"]["owner"], tools["shared"]["owners"]) == ("ops", ["ops", "data"])


def test_all_owners_review_a_change(make_site: MakeSite) -> None:
    lines = code_owner_lines(read_context(make_site(FILES), TODAY))
    assert "/docs/how.md @example/data @example/ops" in lines
    assert "/tools_inventory.yaml @example/data @example/ops" in lines


@pytest.mark.parametrize(
    ("owner", "expected"),
    [
        ("[]", ("HB301", "Missing `owner` of an active tool")),
        ("[ops, ops]", ("HB106", "Duplicate value `ops` in `owner`")),
        ("[ops, dta]", ("HB201", "Unknown team or role `dta`")),
        ("3", ("HB103", "`owner` must be text or a list, not a number")),
        ("[ops, 3]", ("HB103", "Item 2 of `owner` must be text, not a number")),
    ],
)
def test_a_wrong_owner_is_reported(
    check: Callable[[Mapping[str, str]], list[Finding]], owner: str, expected: tuple[str, str]
) -> None:
    files = FILES | {"tools_inventory.yaml": f"tools:\n{TOOL.format('a', 'A', owner)}"}
    assert expected in [(finding.code, finding.message) for finding in check(files)]


def test_an_entry_without_owners_is_unassigned(make_site: MakeSite) -> None:
    files = FILES | {"tools_inventory.yaml": f"tools:\n{TOOL.format('a', 'A', '[]')}"}
    handbook = load(make_site(files), TODAY)
    assert owners_of(handbook.basis, handbook.catalogue.entry("tool", "a")) == ()
    assert "No owner assigned" in pages_of(handbook)["tools/a.md"].markdown
    assert [each.owner for each in attention(handbook.basis).owners] == [None]
