"""The phases of building product operations: their weeks, their days here, and how far each has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from handbook.figures.basis import Basis
from handbook.link.catalogue import Entry


@dataclass(frozen=True, slots=True)
class PhaseState:
    """A phase.

    Attributes:
        phase: The phase.
        weeks: How many weeks it takes.
        from_day: The first day of its first week; `None` when no day is set.
        to_day: The last day of its last week.
        done: How many of its tasks are done.
        tasks: How many tasks it has.
        unfinished: The names of the tasks that are not done.
        late: Whether its last day has passed with tasks that are not done.
        current: Whether today lies in it.
    """

    phase: Entry
    weeks: int
    from_day: date | None
    to_day: date | None
    done: int
    tasks: int
    unfinished: tuple[str, ...]
    late: bool
    current: bool


def phase_state(basis: Basis, phase: Entry) -> PhaseState:
    """How far a phase has come.

    Args:
        basis: What figures are worked out from.
        phase: An entry of the kind `phase`.
    """
    span = phase.data["weeks"]
    weeks = span["to"] - span["from"] + 1
    first = date.fromisoformat(phase.data["starts_on"]) if "starts_on" in phase.data else None
    last = first + timedelta(days=7 * weeks - 1) if first else None
    unfinished = tuple(task["name"] for task in phase.data["tasks"] if task["state"] != "done")
    return PhaseState(
        phase=phase,
        weeks=weeks,
        from_day=first,
        to_day=last,
        done=len(phase.data["tasks"]) - len(unfinished),
        tasks=len(phase.data["tasks"]),
        unfinished=unfinished,
        late=bool(last and last < basis.today and unfinished),
        current=bool(first and last and first <= basis.today <= last),
    )


def phases_in_order(basis: Basis) -> tuple[PhaseState, ...]:
    """The phases of building product operations, in the order of their weeks, with what is done in each."""
    found = basis.catalogue.entries("phase").values()
    ordered = sorted(found, key=lambda phase: (phase.data["weeks"]["from"], phase.id))
    return tuple(phase_state(basis, phase) for phase in ordered)
