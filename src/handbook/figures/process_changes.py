"""How far each process has come, and what changed in any of them lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handbook.figures.basis import Basis
from handbook.link.catalogue import Entry

_STATES = ("pilot", "some-squads", "everyone")


@dataclass(frozen=True, slots=True)
class Rollout:
    """The processes that have come equally far.

    Attributes:
        state: How far: pilot, some-squads or everyone.
        processes: The processes, those that came there last first.
    """

    state: str
    processes: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Rollouts:
    """How far every process has come.

    Attributes:
        states: The states that some process is in, from pilot to everyone.
        unsaid: The processes that do not say.
    """

    states: tuple[Rollout, ...]
    unsaid: tuple[Entry, ...]


def process_rollout(basis: Basis) -> Rollouts:
    """How far each process has come: tried by one squad, spreading, or the way everybody works."""
    processes = basis.catalogue.entries("process").values()
    said = [process for process in processes if "rollout" in process.data]
    said.sort(key=lambda process: str(process.data["rollout"]["since"]), reverse=True)
    states = (
        Rollout(state, tuple(each for each in said if each.data["rollout"]["state"] == state))
        for state in _STATES
    )
    return Rollouts(
        tuple(found for found in states if found.processes),
        tuple(process for process in processes if "rollout" not in process.data),
    )


@dataclass(frozen=True, slots=True)
class ProcessChange:
    """One change note.

    Attributes:
        process: The process.
        version: The version it came with.
        day: The first day it applied.
        note: What is different from then on.
    """

    process: Entry
    version: str
    day: date
    note: str


def process_changes(basis: Basis, most: int = 12) -> tuple[ProcessChange, ...]:
    """What changed in the processes, newest first.

    - `most`: how many changes to show at most.

    Args:
        basis: What figures are worked out from.
        most: How many changes to give at most.
    """
    found = [
        ProcessChange(process, change["version"], date.fromisoformat(change["date"]), change["note"])
        for process in basis.catalogue.entries("process").values()
        for change in process.data.get("changes", ())
    ]
    return tuple(sorted(found, key=lambda change: change.day, reverse=True)[:most])
