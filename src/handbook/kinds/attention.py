"""Overdue and upcoming items by owner."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from handbook.base.language import _
from handbook.base.table import Several
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.kinds.any.open_points import open_points
from handbook.kinds.any.ownership import owned_by, owners_of
from handbook.kinds.deadlines import AHEAD, DEADLINES
from handbook.kinds.metric.readings import reading_deadlines
from handbook.link.catalogue import Entry
from handbook.read.values import review_due

_OPEN_POINT = "HB333"
"""The code of the rule for open points."""


@dataclass(frozen=True, slots=True)
class ActionItem:
    """An item that needs attention.

    Attributes:
        entry: The entry or page.
        owners: The owners, the accountable one first; empty if it has no owner.
        action: The action, such as "review it".
        day: The due date; `None` if it is due now.
        days_left: The days until the due date; negative if it has passed.
    """

    entry: Entry
    owners: Several
    action: str
    day: date | None
    days_left: int

    @property
    def task(self) -> str:
        """The action as the start of a line."""
        return self.action[:1].upper() + self.action[1:]

    @property
    def is_overdue(self) -> bool:
        """Return whether it is overdue."""
        return self.days_left < 0


@dataclass(frozen=True, slots=True)
class OwnerItems:
    """The action items of one owner.

    Attributes:
        owner: The team or role; `None` for items without an owner.
        actions: The items, the longest overdue first.
    """

    owner: Entry | None
    actions: tuple[ActionItem, ...]

    @property
    def overdue(self) -> int:
        """The number of overdue items."""
        return sum(item.is_overdue for item in self.actions)


@dataclass(frozen=True, slots=True)
class Attention:
    """Items that are overdue or due within 30 days.

    Attributes:
        day: The date that counts as today.
        owners: The items by owner: first those without an owner, then the owner with most overdue items.
        has_owners: Whether anything can have an owner.
    """

    day: date
    owners: tuple[OwnerItems, ...]
    has_owners: bool

    @property
    def number(self) -> int:
        """The number of items. One with several owners counts once."""
        return len(self._items)

    @property
    def overdue(self) -> int:
        """The number of overdue items."""
        return sum(item.is_overdue for item in self._items)

    @property
    def _items(self) -> Collection[ActionItem]:
        return dict.fromkeys(item for each in self.owners for item in each.actions)


@figure({})
def attention(basis: Basis) -> Attention:
    """Show what is overdue or due within 30 days, by owner: reviews, notice deadlines, flags, experiments.

    The dates are those of the rules HB304, HB305, HB308, HB310 and HB371. An experiment is included once it
    runs past its planned end, a phase once its last day has passed with unfinished tasks, a metric from the
    day on which its next reading is due, and a tool in use as long as it has no owner. A text with TBC or TBD
    (HB333) is an open point to decide now.
    """
    by_owner: dict[Entry | None, list[ActionItem]] = defaultdict(list)
    for item in _all_items(basis):
        for owner in item.owners or (None,):
            by_owner[owner].append(item)
    owners = [OwnerItems(owner, tuple(items)) for owner, items in by_owner.items()]
    owners.sort(key=lambda each: (bool(each.owner), -each.overdue, each.owner.name if each.owner else ""))
    kinds = basis.catalogue.kinds.values()
    return Attention(basis.today, tuple(owners), any(kind.shape.field("owner") for kind in kinds))


@figure({})
def attention_of(basis: Basis, *owners: Entry) -> tuple[ActionItem, ...]:
    """Return the action items of these teams and roles, the longest overdue first.

    Args:
        basis: The data that figures are calculated from.
        owners: Entries of the content types `team` and `role`.
    """
    return _items(basis, owned_by(basis, owners))


@figure({})
def due_next(basis: Basis, most: int = 5) -> tuple[ActionItem, ...]:
    """Show what is overdue or due within 30 days, the most urgent first.

    The first review of an entry or page, which no one has confirmed yet, is only included once it is overdue.

    - `most`: the maximum number of items to show.

    Args:
        basis: The data that figures are calculated from.
        most: The maximum number of items.
    """
    shown = (item for item in _all_items(basis) if item.is_overdue or not _is_first_review(item))
    return tuple(islice(shown, most))


def _is_first_review(item: ActionItem) -> bool:
    """Return whether it is about an entry or page that no one has confirmed yet."""
    return item.action == _("review it") and "last" not in item.entry.data["review"]


def _all_items(basis: Basis) -> tuple[ActionItem, ...]:
    return _items(basis, chain(basis.catalogue.all(), basis.catalogue.imprints.values()))


def _items(basis: Basis, entries: Iterable[Entry]) -> tuple[ActionItem, ...]:
    """Return the action items of entries, the most urgent first."""
    items = (item for entry in entries for item in _items_of(basis, entry))
    return tuple(sorted(items, key=lambda item: (item.days_left, item.entry.name)))


def _items_of(basis: Basis, entry: Entry) -> Iterator[ActionItem]:
    owners = owners_of(basis, entry)
    for action, day in _deadlines(basis, entry):
        left = (day - basis.today).days if day else -1
        # A missing owner is reported only if there can be one.
        if left <= AHEAD.days and (day or (not owners and entry.kind.shape.field("owner"))):
            yield ActionItem(entry, owners, action, day, left)
    if basis.settings.severities.get(_OPEN_POINT) != "off":
        for field in open_points(entry):
            yield ActionItem(entry, owners, _("decide the open point: %(field)s", field=field), None, 0)


def _deadlines(basis: Basis, entry: Entry) -> Iterator[tuple[str, date | None]]:
    due = review_due(entry.data)
    if due:
        yield _("review it"), due
    yield from reading_deadlines(basis, entry)
    if entry.kind.name in DEADLINES:
        yield from DEADLINES[entry.kind.name](entry.data, basis.today)
