"""The phases of building product operations, with their dates and progress."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from handbook.base.days import days_after
from handbook.base.language import _
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.link.catalogue import Entry
from handbook.read.values import day_at, state_of, value_at

_NEEDS = {"phase": ("weeks.from", "weeks.to", "tasks.name", "tasks.state")}


@dataclass(frozen=True, slots=True)
class PhaseState:
    """A phase.

    Attributes:
        phase: The phase.
        from_day: The start date; `None` if no date is set.
        to_day: The end date.
        done: The number of finished tasks.
        tasks: The number of tasks.
        late: Whether the end date has passed with unfinished tasks.
        current: Whether today is in the phase.
    """

    phase: Entry
    from_day: date | None
    to_day: date | None
    done: int
    tasks: int
    late: bool
    current: bool


@figure(_NEEDS, reads={"phase": ("starts_on",)})
def phase_state(basis: Basis, phase: Entry) -> PhaseState | None:
    """Return the dates and progress of a phase; `None` without weeks and tasks.

    Args:
        basis: The data that figures are calculated from.
        phase: An entry of the content type `phase`.
    """
    if not {"weeks", "tasks"} <= set(phase.data):
        return None
    first, last = _days(phase.data)
    tasks = len(phase.data["tasks"])
    return PhaseState(
        phase=phase,
        from_day=first,
        to_day=last,
        done=tasks - len(_unfinished(phase.data)),
        tasks=tasks,
        late=any(phase_deadlines(phase.data, basis.today)),
        current=bool(first and last and first <= basis.today <= last),
    )


@figure(_NEEDS)
def phases_in_order(basis: Basis) -> tuple[PhaseState, ...]:
    """Show the phases of building product operations in order, with their tasks and progress."""
    states = filter(None, (phase_state(basis, phase) for phase in basis.entries("phase")))
    return tuple(sorted(states, key=lambda state: (state.phase.data["weeks"]["from"], state.phase.id)))


def phase_deadlines(phase: Mapping[str, Any], today: date) -> Iterator[tuple[str, date]]:
    """Yield the action for a phase whose last day has passed with unfinished tasks."""
    last = _days(phase)[1]
    if last and last < today and _unfinished(phase):
        yield _("complete the phase"), last


def _days(phase: Mapping[str, Any]) -> tuple[date | None, date | None]:
    """Return the first and the last day of a phase, if they are known."""
    first = day_at(phase, ("starts_on",))
    from_week, to_week = (value_at(phase, ("weeks", end)) for end in ("from", "to"))
    if first is None or from_week is None or to_week is None:
        return None, None
    return first, days_after(first, 7 * (to_week - from_week + 1) - 1)


def _unfinished(phase: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return [task for task in phase.get("tasks", ()) if state_of(task, ("state",)) not in ("", "done")]
