"""What has changed between two states and what it means, from a file of cases that anybody can add to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from handbook.check.sources import read_context
from handbook.compare.comparison import Comparison, compare
from handbook.compare.states import State, state_of_folder
from handbook.compare.values import Place, differences
from handbook.compare.weights import USUAL
from handbook.read.files import find_site
from handbook.report.changes.text import render
from tests.compare.repositories import write
from tests.conftest import TODAY

STEP = " \u203a "
CASES = yaml.safe_load((Path(__file__).parent / "cases/changes.yaml").read_text(encoding="utf-8"))


def state(folder: Path, files: Mapping[str, str | None]) -> State:
    write(folder, {"mkdocs.yml": "site_name: Test\n", **files})
    return state_of_folder(find_site(folder))


def compared(folder: Path, before: Mapping[str, str | None], after: Mapping[str, str | None]) -> Comparison:
    then = state(folder, before)
    return compare(then, state(folder, after))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_change_is_said_with_its_weight(case: dict[str, Any], tmp_path: Path) -> None:
    found = compared(tmp_path, case["before"], case["after"])
    lines = [line for line in render(found).splitlines()[:-1] if line]
    assert lines == [line.replace("{S}", STEP) for line in case["said"]]
    assert found.gaps == ()


VALUES = st.recursive(
    st.sampled_from([True, 0, 1, 1.5, "a", "b c", "a  b", ""]),
    lambda below: (
        st.lists(below, max_size=4)
        | st.dictionaries(st.sampled_from(["id", "name", "x"]), below, max_size=3)
        | st.lists(
            st.builds(lambda key, part: {"id": key, "x": part}, st.sampled_from("abcd"), below), max_size=4
        )
    ),
    max_leaves=12,
)
ANYWHERE = Place(None, USUAL)


@given(VALUES)
def test_nothing_has_changed_in_what_is_the_same(value: Any) -> None:
    assert list(differences(ANYWHERE, value, value)) == []


FIELDS = st.recursive(
    st.sampled_from([True, 0, 1, "a", "b c"]),
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

    def written(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: written(part) for name, part in sorted(value.items())}
        if isinstance(value, list):
            return [written(part) for part in value]
        return " ".join(value.split()) if isinstance(value, str) else (value is True, float(value))

    if not list(differences(ANYWHERE, before, after)):
        assert written(before) == written(after)


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    whole = {"sources/teams.yaml": "teams: [{id: ops, name: Operations, summary: A.}]\n"}
    found = compared(tmp_path, whole, {"sources/teams.yaml": "teams: [\n"})
    assert found.gaps == ("in the working tree, sources/teams.yaml cannot be read",)
    assert "not compared: in the working tree, sources/teams.yaml cannot be read" in render(found)


def test_an_entry_with_a_mistake_is_compared_all_the_same(tmp_path: Path) -> None:
    before = {"sources/teams.yaml": "teams: [{id: ops, name: Operations, summary: A., ownr: x}]\n"}
    after = {"sources/teams.yaml": "teams: [{id: ops, name: Operations, summary: B., ownr: x}]\n"}
    assert [change.id for change in compared(tmp_path, before, after).changes] == ["ops"]


def test_the_shipped_handbook_has_not_changed_against_itself() -> None:
    site = find_site(Path(__file__).parent)
    context = read_context(site, TODAY)
    assert compare(State("before", context), State("after", context)).changes == ()
