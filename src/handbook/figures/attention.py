"""What is overdue or will be soon, and whose it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from handbook.check.deadlines import contract_to_decide, experiment_end, flag_expiry, review_due
from handbook.figures.basis import Basis
from handbook.figures.ownership import kept_by, owner_of
from handbook.link.catalogue import Entry

_AHEAD = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that somebody has to look at.

    Attributes:
        entry: The entry, or the page, that it is about.
        owner: The team or role that keeps it; `None` when nobody does.
        what: What there is to do.
        day: By when; `None` when it is wanted at once.
        days_left: From today to that day; below zero when it has passed.
    """

    entry: Entry
    owner: Entry | None
    what: str
    day: date | None
    days_left: int

    @property
    def late(self) -> bool:
        """Whether it should be done already."""
        return self.days_left < 0


@dataclass(frozen=True, slots=True)
class Desk:
    """What one owner has to look at.

    Attributes:
        owner: The team or role; `None` for what nobody keeps.
        matters: What it is, the longest overdue first.
    """

    owner: Entry | None
    matters: tuple[Matter, ...]

    @property
    def late(self) -> int:
        """How many of them should be done already."""
        return sum(matter.late for matter in self.matters)


@dataclass(frozen=True, slots=True)
class Attention:
    """What is overdue, or will be within 30 days.

    Attributes:
        day: The day that counts as today.
        desks: What it is, by owner: first what nobody keeps, then whoever has most that is late.
    """

    day: date
    desks: tuple[Desk, ...]

    @property
    def matters(self) -> int:
        """How many there are in all."""
        return sum(len(desk.matters) for desk in self.desks)

    @property
    def late(self) -> int:
        """How many of them should be done already."""
        return sum(desk.late for desk in self.desks)


def attention(basis: Basis) -> Attention:
    """What is overdue, or will be within 30 days: reviews, notice dates, flags, experiments; by owner.

    The days are those that the rules HB304, HB305, HB308 and HB310 go by. Of experiments only those count
    that run past their planned end; a tool that is not retired counts at once when it has no owner.
    """
    by_owner: dict[Entry | None, list[Matter]] = defaultdict(list)
    for matter in _matters(basis, chain(basis.catalogue.all(), basis.catalogue.imprints.values())):
        by_owner[matter.owner].append(matter)
    desks = [Desk(owner, tuple(sorted(found, key=_urgency))) for owner, found in by_owner.items()]
    desks.sort(key=lambda desk: (desk.owner is not None, -desk.late, desk.owner.name if desk.owner else ""))
    return Attention(basis.today, tuple(desks))


def attention_of(basis: Basis, *owners: Entry) -> tuple[Matter, ...]:
    """What these teams and roles have to look at, the longest overdue first.

    Args:
        basis: What figures are worked out from.
        owners: Entries of the kinds `team` and `role`.
    """
    return tuple(sorted(_matters(basis, (entry for _, entry in kept_by(basis, owners))), key=_urgency))


def due_next(basis: Basis, most: int = 5) -> tuple[Matter, ...]:
    """What is overdue or falls due within 30 days, the most urgent first.

    - `most`: how much of it to show at most.

    Args:
        basis: What figures are worked out from.
        most: How many matters to give at most.
    """
    found = _matters(basis, chain(basis.catalogue.all(), basis.catalogue.imprints.values()))
    return tuple(sorted(found, key=_urgency)[:most])


def _urgency(matter: Matter) -> tuple[int, str]:
    return matter.days_left, matter.entry.name


def _matters(basis: Basis, entries: Iterable[Entry]) -> Iterator[Matter]:
    for entry in entries:
        owner = owner_of(basis, entry)
        for what, day in _deadlines(entry, basis.today):
            left = (day - basis.today).days
            if left <= _AHEAD.days:
                yield Matter(entry, owner, what, day, left)
        is_in_use = entry.kind.name == "tool" and entry.data.get("status") != "retired"
        if is_in_use and owner is None:
            yield Matter(entry, None, "find an owner", None, -1)


def _deadlines(entry: Entry, today: date) -> Iterator[tuple[str, date]]:
    """What there is to do about an entry, and by when."""
    due = review_due(entry.data)
    if due:
        yield "review it", due
    if entry.kind.name == "tool":
        contract = contract_to_decide(entry.data)
        if contract and contract.renews_on < today:
            yield "write down the next renewal", contract.renews_on
        elif contract:
            yield "keep it, or give notice", contract.notice_by
    elif entry.kind.name == "flag":
        expiry = flag_expiry(entry.data)
        if expiry:
            yield "remove the flag", expiry
    elif entry.kind.name == "experiment":
        end = experiment_end(entry.data)
        if end and end < today:
            yield "read the experiment and decide", end
