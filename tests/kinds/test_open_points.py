"""An open decision is honest data: it is shown as such, listed with its owner, and stops no one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from handbook.base.findings import Finding, Severity
from handbook.base.language import speaking
from handbook.kinds.attention import attention, attention_of
from handbook.loaded.handbook import load
from handbook.read.languages import make_language
from tests.conftest import TODAY, MakeSite
from tests.sites import TOOL

Check = Callable[[Mapping[str, str | bytes]], list[Finding]]
TEAMS = "teams: [{id: ops, name: Operations, summary: A.}]\n"
OPEN = """    owner: ops
    vendor: TBC
    notes: The plan is tbd, the code `TBD` is not.
    use_when: ['?', Why?]
"""


def test_an_open_point_is_a_warning_at_its_place(check: Check) -> None:
    found = check({"tools_inventory.yaml": TOOL + OPEN, "sources/teams.yaml": TEAMS})
    assert [(each.code, each.severity, each.message) for each in found] == [
        ("HB333", Severity.WARNING, "Open point: `TBC`"),
        ("HB333", Severity.WARNING, "Open point: `tbd`"),
        ("HB333", Severity.WARNING, "Open point: `?`"),
    ]


def test_open_points_are_listed_with_their_owner(make_site: MakeSite) -> None:
    files = {"tools_inventory.yaml": TOOL + OPEN, "sources/teams.yaml": TEAMS}
    basis = load(make_site(files), TODAY).basis
    (ops,) = attention(basis).owners
    assert ops.owner is basis.catalogue.entry("team", "ops")
    assert [(item.action, item.day, item.is_overdue) for item in ops.actions] == [
        ("decide the open point: Vendor", None, False),
        ("decide the open point: Notes", None, False),
        ("decide the open point: Use it when", None, False),
    ]
    assert attention_of(basis, ops.owner) == ops.actions
    with speaking(make_language("de", {})):
        assert attention(basis).owners[0].actions[0].action.endswith(": Anbieter")
    files["sources/handbook.yaml"] = "rules: {HB333: off}\n"
    assert attention(load(make_site(files), TODAY).basis).owners == ()


@pytest.mark.parametrize(
    ("line", "code", "hint"),
    [
        ("contract: {renews_on: TBC}", "HB105", "Remove it until it is known"),
        ("seats: {licensed: n/a}", "HB103", "Remove it until it is known"),
        ("data_classification: unknown", "HB104", "Remove it until it is known"),
        ("owner: TBC", "HB201", "Remove it until it is known"),
        ("owner: [ops, '?']", "HB201", "Remove it until it is known"),
        ("access: {how: Ask., takes: '?'}", "HB105", "Remove it until it is known"),
        # A required value can't be left out.
        ("cost: {amount: TBC, currency: USD, period: year}", "HB103", "Use a value such as `14`"),
    ],
)
def test_a_date_a_number_or_a_name_that_is_open_is_left_out(
    check: Check, line: str, code: str, hint: str
) -> None:
    (found,) = check({"tools_inventory.yaml": f"{TOOL}    {line}\n", "sources/teams.yaml": TEAMS})
    assert (found.code, found.hint) == (code, hint)
