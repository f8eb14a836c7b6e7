"""Onboarding plans, by stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handbook.base.words import suggestion
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.link.catalogue import Entry, UnknownEntryError

_STAGES = ("id", "name", "until_day", "outcomes", "tasks.id", "tasks.name", "tasks.due_day")
_NEEDS = {"onboarding": [f"stages.{field}" for field in _STAGES]}


@dataclass(frozen=True, slots=True)
class Task:
    """One task of a plan.

    Attributes:
        id: Its ID, which is its anchor on the page of the plan.
        name: The task.
        due_day: The due date, in days from day zero.
        by_others: The responsible role; `None` if it is the new team member.
    """

    id: str
    name: str
    due_day: int
    by_others: Entry | None


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a plan.

    Attributes:
        id: Its ID.
        name: The name of the stage.
        until_day: The last day of the stage.
        outcomes: The outcomes at the end of the stage.
        tasks: The tasks, by due date.
    """

    id: str
    name: str
    until_day: int
    outcomes: tuple[str, ...]
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class OnboardingPlan:
    """An onboarding plan, or some of its stages.

    Attributes:
        entry: The plan.
        stages: The requested stages, in the order of the plan.
    """

    entry: Entry
    stages: tuple[Stage, ...]


@figure(_NEEDS)
def onboarding_stages(basis: Basis, plan: str) -> OnboardingPlan:
    """Show the stages of an onboarding plan: the end, outcomes and number of tasks of each.

    - `plan`: the ID of the plan.

    Args:
        basis: The data that figures are calculated from.
        plan: The ID of an entry of the content type `onboarding`.
    """
    return _plan(basis, basis.catalogue.entry("onboarding", plan), ())


@figure(_NEEDS)
def onboarding_tasks(basis: Basis, plan: str, stages: Sequence[str] = ()) -> OnboardingPlan:
    """Show the tasks of an onboarding plan by due date, with links to their instructions.

    - `plan`: the ID of the plan.
    - `stages`: the IDs of the stages to show, such as `["day-one", "week-one"]`. Without it, all stages.

    Args:
        basis: The data that figures are calculated from.
        plan: The ID of an entry of the content type `onboarding`.
        stages: The IDs of the stages; none for all.

    Raises:
        UnknownEntryError: The plan or the stage is unknown.
    """
    entry = basis.catalogue.entry("onboarding", plan)
    known = [stage["id"] for stage in entry.data["stages"]]
    for name in stages:
        if name not in known:
            raise UnknownEntryError(f"`{plan}` has no stage `{name}`", suggestion(name, known))
    return _plan(basis, entry, stages)


def _plan(basis: Basis, entry: Entry, wanted: Sequence[str]) -> OnboardingPlan:

    def task_of(task: Mapping[str, Any]) -> Task:
        role = task.get("role", entry.data.get("role"))
        is_other = role != entry.data.get("role")
        return Task(
            task["id"],
            task["name"],
            task["due_day"],
            basis.referred(entry, "stages.tasks.role", role) if is_other else None,
        )

    return OnboardingPlan(
        entry,
        tuple(
            Stage(
                stage["id"],
                stage["name"],
                stage["until_day"],
                stage["outcomes"],
                tuple(sorted(map(task_of, stage["tasks"]), key=lambda task: task.due_day)),
            )
            for stage in entry.data["stages"]
            if not wanted or stage["id"] in wanted
        ),
    )
