"""How far each process has come."""

from __future__ import annotations

from dataclasses import dataclass

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
