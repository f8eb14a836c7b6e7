"""What somebody new does, stage by stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handbook.check.words import suggestion
from handbook.figures.basis import Basis
from handbook.link.catalogue import Entry, UnknownEntryError


@dataclass(frozen=True, slots=True)
class Task:
    """One task of a plan.

    Attributes:
        id: Its id, which is its anchor on the page of the plan.
        name: What to do.
        due_day: By when, in days from day zero.
        by_others: Who does it, when it is not whoever is new; `None` otherwise.
    """

    id: str
    name: str
    due_day: int
    by_others: Entry | None


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a plan.

    Attributes:
        id: Its id.
        name: What it is called.
        until_day: Its last day.
        outcomes: What is true at its end.
        tasks: What to do, by day.
    """

    id: str
    name: str
    until_day: int
    outcomes: tuple[str, ...]
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan, or some of its stages.

    Attributes:
        entry: The plan.
        stages: The stages asked for, in the plan's order.
    """

    entry: Entry
    stages: tuple[Stage, ...]


def onboarding_stages(basis: Basis, plan: str) -> Plan:
    """The stages of an onboarding plan: until when each goes, what is true then, how much there is to do.

    - `plan`: the id of the plan.

    Args:
        basis: What figures are worked out from.
        plan: The id of an entry of the kind `onboarding`.
    """
    return _plan(basis, basis.catalogue.entry("onboarding", plan), ())


def onboarding_tasks(basis: Basis, plan: str, stages: Sequence[str] = ()) -> Plan:
    """The tasks of an onboarding plan by day, with links to how each is done.

    - `plan`: the id of the plan.
    - `stages`: the ids of the stages to show, such as `["day-one", "week-one"]`. Without it, all.

    Args:
        basis: What figures are worked out from.
        plan: The id of an entry of the kind `onboarding`.
        stages: The ids of the stages; none for all.

    Raises:
        UnknownEntryError: There is no such plan, or no such stage in it.
    """
    entry = basis.catalogue.entry("onboarding", plan)
    known = [stage["id"] for stage in entry.data["stages"]]
    for name in stages:
        if name not in known:
            raise UnknownEntryError(f"`{plan}` has no stage `{name}`", name, suggestion(name, known))
    return _plan(basis, entry, stages)


def _plan(basis: Basis, entry: Entry, wanted: Sequence[str]) -> Plan:

    def task_of(task: Mapping[str, Any]) -> Task:
        role = task.get("role", entry.data.get("role"))
        is_other = role != entry.data.get("role")
        return Task(
            task["id"],
            task["name"],
            task["due_day"],
            basis.catalogue.resolve(("role",), role) if is_other else None,
        )

    return Plan(
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
