"""The phases of building product operations, with their dates and progress."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from handbook.kinds.any.basis import Basis
from handbook.link.catalogue import Entry


@dataclass(frozen=True, slots=True)
class PhaseState:
    """A phase.

    Attributes:
        phase: The phase.
        weeks: The duration in weeks.
        from_day: The start date; `None` if no date is set.
        to_day: The end date.
        done: The number of finished tasks.
        tasks: The number of tasks.
        unfinished: The names of the unfinished tasks.
        late: Whether the end date has passed with unfinished tasks.
        current: Whether today is in the phase.
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
    """Return the dates and progress of a phase.

    Args:
        basis: The data that figures are calculated from.
        phase: An entry of the content type `phase`.
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
    """Show the phases of building product operations in order, with their tasks and progress."""
    found = basis.catalogue.entries("phase").values()
    ordered = sorted(found, key=lambda phase: (phase.data["weeks"]["from"], phase.id))
    return tuple(phase_state(basis, phase) for phase in ordered)
