"""What somebody new does, stage by stage."""

from __future__ import annotations

import pytest

from handbook.kinds.onboarding.plans import onboarding_stages, onboarding_tasks
from handbook.link.catalogue import UnknownEntryError
from tests.conftest import MakeBasis
from tests.shipped import load_shipped

PLAN = """name: First weeks
summary: A.
role: pm
stages:
  - id: day-one
    name: Day one
    until_day: 0
    outcomes: [Tools are asked for.]
    tasks:
      - {id: ask, name: Ask for tools, due_day: 0, depends_on: [buddy]}
      - {id: buddy, name: Name a buddy, due_day: -7, role: head}
  - id: week-one
    name: Week one
    until_day: 5
    outcomes: [Tools work., The routine is known.]
    tasks:
      - {id: read, name: Read, due_day: 4, role: pm}
"""
FILES = {
    "sources/onboarding/pm.yaml": PLAN,
    "sources/roles.yaml": "roles: [{id: pm, name: PM, summary: A.}, {id: head, name: Head, summary: A.}]\n",
}


def test_tasks_stand_by_day_and_name_who_else_does_them(make_basis: MakeBasis) -> None:
    found = onboarding_tasks(make_basis(FILES), "pm")
    tasks = [
        (stage.id, task.id, task.due_day, task.by_others and task.by_others.name)
        for stage in found.stages
        for task in stage.tasks
    ]
    assert tasks == [
        ("day-one", "buddy", -7, "Head"),
        ("day-one", "ask", 0, None),
        ("week-one", "read", 4, None),
    ]


def test_single_stages_can_be_asked_for(make_basis: MakeBasis) -> None:
    found = onboarding_tasks(make_basis(FILES), "pm", stages=["week-one"])
    assert [stage.id for stage in found.stages] == ["week-one"]


def test_a_stage_that_is_not_there_is_answered_with_the_nearest(make_basis: MakeBasis) -> None:
    with pytest.raises(UnknownEntryError, match="`pm` has no stage `week-on`") as caught:
        onboarding_tasks(make_basis(FILES), "pm", stages=["week-on"])
    assert caught.value.hint == "Did you mean `week-one`?"


def test_stages_say_what_is_true_at_their_end(make_basis: MakeBasis) -> None:
    stages = onboarding_stages(make_basis(FILES), "pm").stages
    assert [(stage.until_day, len(stage.outcomes), len(stage.tasks)) for stage in stages] == [
        (0, 1, 2),
        (5, 2, 1),
    ]


def test_the_shipped_plan_has_the_stages_and_keeps_each_task_in_its_own() -> None:
    basis = load_shipped().basis
    stages = onboarding_stages(basis, "new-product-manager").stages
    assert [stage.until_day for stage in stages] == [-1, 0, 5, 30, 60, 90]
    begin = -365
    for stage in stages:
        assert [task.id for task in stage.tasks if not begin < task.due_day <= stage.until_day] == []
        begin = stage.until_day
