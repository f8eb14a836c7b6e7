"""Overdue and upcoming items by owner."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from handbook.kinds.any.basis import Basis
from handbook.kinds.any.ownership import kept_by, owner_of
from handbook.kinds.experiment.dates import experiment_end
from handbook.kinds.flag.dates import flag_expiry
from handbook.kinds.phase.order import phase_state
from handbook.kinds.tool.dates import contract_to_decide
from handbook.link.catalogue import Entry
from handbook.read.values import review_due

_AHEAD = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Matter:
    """An item that needs attention.

    Attributes:
        entry: The entry or page.
        owner: The owner; `None` if it has no owner.
        what: The action, such as "review it".
        day: The due date; `None` if it is due now.
        days_left: The days until the due date; negative if it has passed.
    """

    entry: Entry
    owner: Entry | None
    what: str
    day: date | None
    days_left: int

    @property
    def late(self) -> bool:
        """Return whether it is overdue."""
        return self.days_left < 0


@dataclass(frozen=True, slots=True)
class Desk:
    """The action items of one owner.

    Attributes:
        owner: The team or role; `None` for items without an owner.
        matters: The items, the longest overdue first.
    """

    owner: Entry | None
    matters: tuple[Matter, ...]

    @property
    def late(self) -> int:
        """The number of overdue items."""
        return sum(matter.late for matter in self.matters)


@dataclass(frozen=True, slots=True)
class Attention:
    """Items that are overdue or due within 30 days.

    Attributes:
        day: The date that counts as today.
        desks: The items by owner: first those without an owner, then the owner with most overdue items.
    """

    day: date
    desks: tuple[Desk, ...]

    @property
    def matters(self) -> int:
        """The number of items."""
        return sum(len(desk.matters) for desk in self.desks)

    @property
    def late(self) -> int:
        """The number of overdue items."""
        return sum(desk.late for desk in self.desks)


def attention(basis: Basis) -> Attention:
    """Show what is overdue or due within 30 days, by owner: reviews, notice deadlines, flags, experiments.

    The dates are those of the rules HB304, HB305, HB308 and HB310. An experiment is included once it runs
    past its planned end, a phase once its last day has passed with unfinished tasks, and a tool in use as
    long as it has no owner.
    """
    by_owner: dict[Entry | None, list[Matter]] = defaultdict(list)
    for matter in _matters(basis, chain(basis.catalogue.all(), basis.catalogue.imprints.values())):
        by_owner[matter.owner].append(matter)
    desks = [Desk(owner, tuple(sorted(found, key=_urgency))) for owner, found in by_owner.items()]
    desks.sort(key=lambda desk: (desk.owner is not None, -desk.late, desk.owner.name if desk.owner else ""))
    return Attention(basis.today, tuple(desks))


def attention_of(basis: Basis, *owners: Entry) -> tuple[Matter, ...]:
    """Return the action items of these teams and roles, the longest overdue first.

    Args:
        basis: The data that figures are calculated from.
        owners: Entries of the content types `team` and `role`.
    """
    return tuple(sorted(_matters(basis, (entry for _, entry in kept_by(basis, owners))), key=_urgency))


def due_next(basis: Basis, most: int = 5) -> tuple[Matter, ...]:
    """Show what is overdue or due within 30 days, the most urgent first.

    - `most`: the maximum number of items to show.

    Args:
        basis: The data that figures are calculated from.
        most: The maximum number of items.
    """
    found = _matters(basis, chain(basis.catalogue.all(), basis.catalogue.imprints.values()))
    return tuple(sorted(found, key=_urgency)[:most])


def _urgency(matter: Matter) -> tuple[int, str]:
    return matter.days_left, matter.entry.name


def _matters(basis: Basis, entries: Iterable[Entry]) -> Iterator[Matter]:
    for entry in entries:
        owner = owner_of(basis, entry)
        for what, day in chain(_deadlines(entry, basis.today), _overdue_phase(basis, entry)):
            left = (day - basis.today).days
            if left <= _AHEAD.days:
                yield Matter(entry, owner, what, day, left)
        is_in_use = entry.kind.name == "tool" and entry.data.get("status") != "retired"
        if is_in_use and owner is None:
            yield Matter(entry, None, "assign an owner", None, -1)


def _overdue_phase(basis: Basis, entry: Entry) -> Iterator[tuple[str, date]]:
    """Yield the action for a phase whose last day has passed with unfinished tasks."""
    if entry.kind.name == "phase":
        state = phase_state(basis, entry)
        if state.late and state.to_day:
            yield "complete the phase", state.to_day


def _deadlines(entry: Entry, today: date) -> Iterator[tuple[str, date]]:
    """Yield the actions for an entry with their due dates."""
    due = review_due(entry.data)
    if due:
        yield "review it", due
    if entry.kind.name == "tool":
        contract = contract_to_decide(entry.data)
        if contract and contract.renews_on < today:
            yield "update the renewal date", contract.renews_on
        elif contract:
            yield "renew or cancel", contract.notice_by
    elif entry.kind.name == "flag":
        expiry = flag_expiry(entry.data)
        if expiry:
            yield "remove the flag", expiry
    elif entry.kind.name == "experiment":
        end = experiment_end(entry.data)
        if end and end < today:
            yield "analyse the experiment and decide", end
