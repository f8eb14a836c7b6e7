"""Changes between two states and their impact, from a file of cases that anybody can add to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.diff.comparison import Comparison, compare_states
from handbook.diff.states import State, state_of_folder
from handbook.diff.values import EntryPlace, differences
from handbook.diff.weights import USUAL
from handbook.output.changes.text import render
from handbook.read.files import find_site
from handbook.read.sources import read_context
from tests.cases import read_cases
from tests.conftest import TODAY
from tests.diff.repositories import write
from tests.effort import runs

STEP = " \u203a "
CASES = read_cases(Path(__file__).parent / "cases/changes.yaml")


ROLES = "roles: [{id: designer, name: Designer, summary: A.}]\n"


def state(folder: Path, files: Mapping[str, str | None]) -> State:
    write(folder, {"mkdocs.yml": "site_name: Test\n", **files})
    return state_of_folder(find_site(folder))


def compared(folder: Path, before: Mapping[str, str | None], after: Mapping[str, str | None]) -> Comparison:
    then = state(folder, before)
    return compare_states(then, state(folder, after))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_change_is_said_with_its_weight(case: dict[str, Any], tmp_path: Path) -> None:
    found = compared(tmp_path, case["before"], case["after"])
    lines = [line for line in render(found).splitlines()[:-1] if line]
    assert lines == [line.replace("{S}", STEP) for line in case["said"]]
    assert found.gaps == ()


VALUES = st.recursive(
    st.sampled_from([True, False, 0, 1, 1.5, "a", "b c", "a  b", ""]),
    lambda below: (
        st.lists(below, max_size=4)
        | st.dictionaries(st.sampled_from(["id", "name", "x"]), below, max_size=3)
        | st.lists(
            st.builds(lambda key, part: {"id": key, "x": part}, st.sampled_from("abcd"), below), max_size=4
        )
    ),
    max_leaves=12,
)
ANYWHERE = EntryPlace(None, USUAL)


@given(VALUES)
def test_nothing_has_changed_in_what_is_the_same(value: Any) -> None:
    assert list(differences(ANYWHERE, value, value)) == []


FIELDS = st.recursive(
    st.sampled_from([True, False, 0, 1, "a", "b c"]),
    lambda below: st.dictionaries(st.sampled_from(["id", "name", "x"]), below, max_size=3),
    max_leaves=12,
)


@given(FIELDS, FIELDS)
def test_what_is_new_one_way_is_gone_the_other_way(before: Any, after: Any) -> None:
    there, back = (
        {(found.event, found.place.field) for found in differences(ANYWHERE, *pair)}
        for pair in ((before, after), (after, before))
    )
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    assert {(turned[event], field) for event, field in there} == back


@given(VALUES, VALUES)
def test_what_differs_is_seen(before: Any, after: Any) -> None:
    """What is written out in one form is the same when nothing is found."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: plain(part) for name, part in sorted(value.items())}
        if isinstance(value, list):
            return [plain(part) for part in value]
        return " ".join(value.split()) if isinstance(value, str) else (isinstance(value, bool), float(value))

    if not list(differences(ANYWHERE, before, after)):
        assert plain(before) == plain(after)


TEAMS = "sources/teams.yaml"
WHOLE = {TEAMS: "teams: [{id: ops, name: Operations, summary: A.}]\n"}
BROKEN = {TEAMS: "teams: [\n"}


def test_what_cannot_be_read_is_named_and_nothing_in_it_counts_as_gone(tmp_path: Path) -> None:
    found = compared(tmp_path, WHOLE, BROKEN)
    assert found.changes == ()
    assert found.lost == ()
    assert found.gaps[0] == "in the working tree, sources/teams.yaml cannot be read"
    assert "Not compared: in the working tree, sources/teams.yaml cannot be read" in render(found)


def test_nothing_counts_as_new_that_may_stand_in_what_could_not_be_read(tmp_path: Path) -> None:
    then = state(tmp_path, BROKEN)
    found = compare_states(then, state(tmp_path, {**WHOLE, "sources/roles.yaml": ROLES}))
    assert [(change.what, change.id) for change in found.changes] == [("added", "designer")]
    assert found.gaps[1].startswith("1 team of the working tree might be in an unreadable part of ")


def test_entries_of_a_kind_whose_schema_was_wrong_do_not_count_as_new(tmp_path: Path) -> None:
    broken = {**WHOLE, "schemas/team.schema.json": "{"}
    found = compared(tmp_path, broken, {"schemas/team.schema.json": None})
    assert found.changes == ()
    assert found.gaps[0].startswith("in the working tree, the schema team.schema.json is invalid (")
    assert found.gaps[1].startswith("1 team of ")


@pytest.mark.parametrize("value", ["{a: b}", "[[a]]", "[{a: b}]", "12", "[null]", "[true, /, '', role/]"])
def test_former_ids_of_the_wrong_type_stop_nothing(value: str, tmp_path: Path) -> None:
    wrong = {TEAMS: f"teams: [{{id: ops, name: Operations, summary: A., former_ids: {value}}}]\n"}
    assert compared(tmp_path, WHOLE, wrong).changes
    assert compared(tmp_path, wrong, WHOLE).changes


def test_an_entry_with_a_mistake_is_compared_all_the_same(tmp_path: Path) -> None:
    before = {"sources/teams.yaml": "teams: [{id: ops, name: Operations, summary: A., ownr: x}]\n"}
    after = {"sources/teams.yaml": "teams: [{id: ops, name: Operations, summary: B., ownr: x}]\n"}
    assert [change.id for change in compared(tmp_path, before, after).changes] == ["ops"]


def test_the_shipped_handbook_has_not_changed_against_itself() -> None:
    site = find_site(Path(__file__).parent)
    context = read_context(site, TODAY)
    assert compare_states(State("before", context), State("after", context)).changes == ()


def backwards(value: Any) -> Any:
    """The same with the fields of each mapping in another order."""
    if isinstance(value, dict):
        return {name: backwards(part) for name, part in reversed(value.items())}
    return [backwards(part) for part in value] if isinstance(value, list) else value


def test_the_shipped_handbook_written_as_json_with_other_line_ends_has_not_changed(tmp_path: Path) -> None:
    site = find_site(Path(__file__).parent)
    context = read_context(site, TODAY)
    files = {
        source.path: json.dumps(backwards(source.document.value), indent=1).replace("\n", "\r\n")
        for source in context.sources
    }
    assert len(files) > 50
    after = state(tmp_path, files)
    assert compare_states(State("before", context), after).changes == ()
    assert len(after.entries) == len(context.entries)


COLLECTIONS = st.dictionaries(st.sampled_from("abcde"), st.sampled_from(["One", "Two"]), max_size=5)


@settings(max_examples=runs(sample=10, full=100))
@given(before=COLLECTIONS, after=COLLECTIONS)
def test_entries_that_are_new_one_way_are_gone_the_other_way(
    before: dict[str, str], after: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("site")
    then, now = (
        state(
            folder, {TEAMS: json.dumps({"teams": [{"id": key, "name": name} for key, name in teams.items()]})}
        )
        for teams in (before, after)
    )
    there, back = (compare_states(*states).changes for states in ((then, now), (now, then)))
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    assert {(turned[change.what], change.id) for change in there} == {(each.what, each.id) for each in back}
    assert {change.id for change in there if change.what == "added"} == after.keys() - before.keys()
    assert compare_states(now, now).changes == ()
