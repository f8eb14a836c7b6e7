"""What is overdue or will be soon, and whose it is."""

from __future__ import annotations

import pytest

from handbook.check.runner import find_all
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.ownership import ownership
from handbook.kinds.attention import attention, attention_of, due_next
from handbook.loaded.site_rules import SITE_RULES
from handbook.read.sources import read_context
from tests.conftest import TODAY, MakeBasis, MakeSite

TEAMS = {
    "sources/teams.yaml": (
        "teams:\n  - {id: ops, name: Ops, summary: A.}\n  - {id: data, name: Data, summary: A.}\n"
    ),
    "sources/roles.yaml": "roles:\n  - {id: analyst, name: Analyst, summary: A., team: ops}\n",
}
TOOL = "  - {{id: {id}, name: {id}, summary: A., category: analytics, status: {status}, {more}}}\n"


def tools(**entries: str) -> dict[str, str]:
    """Tools by id; what each says begins with its status."""
    rows = [
        TOOL.format(id=name, status=said.split()[0], more=said.partition(" ")[2])
        for name, said in entries.items()
    ]
    return {**TEAMS, "tools_inventory.yaml": "tools:\n" + "".join(rows)}


def review(day: str) -> str:
    return f"review: {{last: 2026-01-01, next: {day}}}"


def first_review(day: str) -> str:
    return f"review: {{next: {day}}}"


def renewal(day: str, notice: int) -> str:
    return f"contract: {{renews_on: {day}, notice_days: {notice}}}"


def said(basis: Basis) -> list[tuple[str, str, int]]:
    return [
        (item.entry.id, item.action, item.days_left)
        for each in attention(basis).owners
        for item in each.actions
    ]


@pytest.mark.parametrize(
    ("tool", "expected"),
    [
        (f"trial owner: ops, {review('2026-11-22')}", [("review it", -1)]),
        (f"trial owner: ops, {review('2026-11-23')}", [("review it", 0)]),
        (f"trial owner: ops, {review('2026-12-23')}", [("review it", 30)]),
        (f"trial owner: ops, {review('2026-12-24')}", []),
        (f"retired owner: ops, {review('2026-01-01')}, {renewal('2026-01-01', 0)}", []),
        (f"trial owner: ops, {renewal('2027-01-22', 30)}", [("renew or cancel", 30)]),
        (f"trial owner: ops, {renewal('2027-01-23', 30)}", []),
        (f"trial owner: ops, {renewal('2026-12-01', 30)}", [("renew or cancel", -22)]),
        (f"trial owner: ops, {renewal('2026-11-20', 30)}", [("update the renewal date", -3)]),
        ("trial tags: [a]", [("assign an owner", -1)]),
        ("retired tags: [a]", []),
    ],
)
def test_a_tool_wants_attention_when(
    make_basis: MakeBasis, tool: str, expected: list[tuple[str, int]]
) -> None:
    assert said(make_basis(tools(a=tool))) == [("a", *each) for each in expected]


FLAG = "name: A\nsummary: A.\nrollout: {{percentage: 5, audience: all}}\nexpires_on: {}\n"
EXPERIMENT = (
    "name: A\nsummary: A.\nstatus: {}\nhypothesis: A.\nstarts_on: 2026-10-01\nplanned_end: {}\n"
    "variants: [{{id: a, name: A, share: 50}}, {{id: b, name: B, share: 50}}]\n"
)


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("flags", FLAG.format("2026-11-20"), [("remove the flag", -3)]),
        ("flags", FLAG.format("2026-12-23"), [("remove the flag", 30)]),
        ("flags", FLAG.format("2026-12-24"), []),
        (
            "experiments",
            EXPERIMENT.format("running", "2026-11-20"),
            [("analyse the experiment and decide", -3)],
        ),
        ("experiments", EXPERIMENT.format("running", "2026-11-24"), []),
        ("experiments", EXPERIMENT.format("planned", "2026-11-20"), []),
    ],
)
def test_a_flag_or_an_experiment_wants_attention_when(
    make_basis: MakeBasis, path: str, text: str, expected: list[tuple[str, int]]
) -> None:
    assert said(make_basis({f"sources/{path}/a.yaml": text})) == [("a", *each) for each in expected]


@pytest.mark.parametrize(
    ("starts_on", "state", "expected"),
    [
        ("2026-10-26", "in-progress", [("complete the phase", -1)]),
        ("2026-10-26", "done", []),
        ("2026-10-27", "open", []),
    ],
)
def test_a_phase_wants_attention_once_it_is_over_with_open_tasks(
    make_basis: MakeBasis, starts_on: str, state: str, expected: list[tuple[str, int]]
) -> None:
    text = (
        f"phases:\n  - {{id: a, name: A, summary: A., weeks: {{from: 1, to: 4}}, starts_on: {starts_on}, "
        f"tasks: [{{id: do, name: Do, state: {state}}}]}}\n"
    )
    found = said(make_basis({"sources/adoption/phases.yaml": text}))
    assert found == [("a", *each) for each in expected]


def test_what_is_late_is_what_the_rules_find(make_site: MakeSite, make_basis: MakeBasis) -> None:
    """The page and `handbook validate` go by the same days."""
    files = {
        **tools(
            a=f"trial owner: ops, {review('2026-11-22')}",
            b=f"trial owner: data, {renewal('2026-12-01', 30)}",
            c=f"trial owner: ops, {review('2026-11-23')}",
        ),
        "sources/flags/d.yaml": FLAG.format("2026-11-22"),
        "sources/experiments/e.yaml": EXPERIMENT.format("running", "2026-11-22"),
    }
    rules = {"HB304", "HB305", "HB308", "HB310"}
    findings = find_all(read_context(make_site(files), TODAY), SITE_RULES)
    found = sorted(finding.id for finding in findings if finding.code in rules)
    late = sorted(
        item.entry.id
        for each in attention(make_basis(files)).owners
        for item in each.actions
        if item.is_overdue
    )
    assert late == found == ["a", "b", "d", "e"]


def test_it_is_grouped_by_owner_with_what_nobody_keeps_first(make_basis: MakeBasis) -> None:
    found = attention(
        make_basis(
            tools(
                a=f"trial owner: data, {review('2026-11-24')}",
                b=f"trial owner: ops, {review('2026-11-20')}",
                c=f"trial owner: ops, {review('2026-11-10')}",
                d="trial tags: [a]",
            )
        )
    )
    owners = [
        (each.owner and each.owner.id, [item.entry.id for item in each.actions]) for each in found.owners
    ]
    assert owners == [(None, ["d"]), ("ops", ["c", "b"]), ("data", ["a"])]
    assert (found.number, found.overdue) == (4, 3)


def test_a_page_wants_attention_like_an_entry(make_basis: MakeBasis) -> None:
    page = f"---\ntitle: How\nowner: ops\n{review('2026-11-20')}\n---\n\n# How\n"
    (owner,) = attention(make_basis({**TEAMS, "docs/how.md": page})).owners
    assert [(each.entry.name, each.entry.page) for each in owner.actions] == [("How", "how.md")]


def test_a_team_keeps_what_its_roles_keep(make_basis: MakeBasis) -> None:
    late = review("2026-11-20")
    basis = make_basis(
        {
            **tools(
                a=f"trial owner: ops, {late}",
                b=f"trial owner: analyst, {late}",
                c=f"trial owner: data, {late}",
            ),
            "docs/how.md": "---\ntitle: How\nowner: ops\n---\n\n# How\n",
        }
    )
    ops = basis.catalogue.entry("team", "ops")
    found = ownership(basis, ops)
    kept = {
        kind.title: [(each.entry.id, *(owner.id for owner in each.owners)) for each in kind.entries]
        for kind in found.kinds
    }
    assert kept == {"Tools": [("a", "ops"), ("b", "analyst")], "Pages": [("how", "ops")]}
    assert found.number == 3
    assert [matter.entry.id for matter in attention_of(basis, *found.owners)] == ["a", "b"]
    (kind,) = ownership(basis, basis.catalogue.entry("role", "analyst")).kinds
    assert [each.entry.id for each in kind.entries] == ["b"]


def test_what_a_team_has_to_do_begins_with_the_most_urgent(make_basis: MakeBasis) -> None:
    basis = make_basis(
        tools(
            a=f"trial owner: ops, {review('2026-12-01')}",
            b=f"trial owner: ops, {review('2026-11-01')}",
            c=f"trial owner: ops, {review('2026-11-20')}",
        )
    )
    (ops,) = (entry for entry in basis.catalogue.entries("team").values() if entry.id == "ops")
    assert [matter.entry.id for matter in attention_of(basis, ops)] == ["b", "c", "a"]


def test_what_only_names_a_role_is_told_apart(make_basis: MakeBasis) -> None:
    process = (
        "name: A\nsummary: B.\ntrigger: C.\nowner: ops\nsteps: [{id: a, name: A, role: analyst, what: Do.}]\n"
    )
    basis = make_basis({**TEAMS, "sources/processes/a.yaml": process})
    found = ownership(basis, basis.catalogue.entry("role", "analyst"))
    assert found.kinds == ()
    assert [(title, [entry.id for entry in entries]) for title, entries in found.involved] == [
        ("Processes", ["a"])
    ]


def test_what_is_due_next_begins_with_the_most_urgent_of_all_owners(make_basis: MakeBasis) -> None:
    files = tools(
        later=f"active {review('2026-12-20')}, owner: ops",
        past=f"active {review('2026-11-20')}, owner: data",
        far=f"active {review('2027-12-20')}, owner: data",
    )
    basis = make_basis(files)
    assert [(each.entry.id, each.days_left) for each in due_next(basis)] == [("past", -3), ("later", 27)]
    assert [each.entry.id for each in due_next(basis, most=1)] == ["past"]


def test_the_first_review_of_what_no_one_has_confirmed_can_wait(make_basis: MakeBasis) -> None:
    files = tools(
        later=f"active {first_review('2026-12-20')}, owner: ops",
        past=f"active {first_review('2026-11-20')}, owner: data",
    )
    basis = make_basis(files)
    assert [each.entry.id for each in due_next(basis)] == ["past"]
    assert attention(basis).number == 2
