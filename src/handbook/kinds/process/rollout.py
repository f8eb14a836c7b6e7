"""The rollout of the processes."""

from __future__ import annotations

from dataclasses import dataclass

from handbook.kinds.any.basis import Basis, used_values
from handbook.kinds.any.figure import figure
from handbook.link.catalogue import Entry


@dataclass(frozen=True, slots=True)
class Rollout:
    """The processes with the same rollout status.

    Attributes:
        state: The status, such as pilot.
        processes: The processes, the latest first; those without a date are last.
    """

    state: str
    processes: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Rollouts:
    """The rollout of all processes.

    Attributes:
        states: The processes of each status, in the order of the choices.
        without_status: The processes without a rollout status.
    """

    states: tuple[Rollout, ...]
    without_status: tuple[Entry, ...]


@figure({"process": ("rollout.state", "rollout.since")})
def process_rollout(basis: Basis) -> Rollouts:
    """Show the rollout status of each process: in pilot, in some squads, or used by everyone."""
    processes = basis.entries("process")
    known = [process for process in processes if "rollout" in process.data]
    known.sort(key=lambda process: str(process.data["rollout"].get("since", "")), reverse=True)
    states = (
        Rollout(state, tuple(each for each in known if each.data["rollout"].get("state") == state))
        for state in used_values(known, "rollout.state")
    )
    return Rollouts(
        tuple(states),
        tuple(process for process in processes if "rollout" not in process.data),
    )
