"""What other teams want to know of the work: what some people have, what is next, what has just shipped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.link.catalogue import Entry
from handbook.read.life import has_ended
from handbook.read.values import day_at, list_at, number_at, state_of, value_at

_EVERYONE = 100


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of work.

    Attributes:
        entry: The feature flag or experiment.
        percentage: The percentage of the audience that has it; `None` for an experiment.
        audience: The people or accounts that the percentage refers to; empty for an experiment.
        since: The day on which it was available to all of them; `None` if it isn't yet.
    """

    entry: Entry
    percentage: float | None
    audience: str
    since: date | None


@dataclass(frozen=True, slots=True)
class Coming:
    """The work as other teams see it, without any planned date.

    Attributes:
        now: What some people have already.
        next: What has been decided, but no one has yet.
        shipped: What everyone has had for some days, the latest first.
        days: The number of these days.
    """

    now: tuple[Item, ...]
    next: tuple[Item, ...]
    shipped: tuple[Item, ...]
    days: int


@figure({})
def what_is_coming(basis: Basis, days: int = 90) -> Coming:
    """Show what is being rolled out or tested, what comes next and what has just shipped.

    It is calculated from the feature flags and experiments. Planned dates are not shown.

    - `days`: the number of days for which something has just shipped.

    Args:
        basis: The data that figures are calculated from.
        days: The number of days.
    """
    flags = [_of_flag(flag) for flag in basis.entries("flag") if not has_ended(flag.data)]
    shipped = [item for item in flags if item.since and (basis.today - item.since).days <= days]
    shipped.sort(key=lambda item: item.since or date.min, reverse=True)
    started = [item for item in flags if _is_partly_on(item)]
    waiting = [item for item in flags if not item.percentage]
    return Coming(
        (*started, *_experiments(basis, "running")),
        (*waiting, *_experiments(basis, "planned")),
        tuple(shipped),
        days,
    )


def _of_flag(flag: Entry) -> Item:
    percentage = number_at(flag.data, ("rollout", "percentage")) or 0
    # A flag can be on for everyone of a stage, such as a beta, with more stages to come.
    is_done = percentage >= _EVERYONE and all(
        day_at(stage, ("reached_on",)) for stage in list_at(flag.data, ("stages",))
    )
    since = day_at(flag.data, ("rollout", "since"))
    audience = str(value_at(flag.data, ("rollout", "audience")) or "")
    return Item(flag, percentage, audience, (since or date.min) if is_done else None)


def _is_partly_on(item: Item) -> bool:
    return bool(item.percentage) and item.since is None


def _experiments(basis: Basis, state: str) -> Iterator[Item]:
    """Yield the experiments in a state, but not those of a flag, which stands for them."""
    flags = {flag.id for flag in basis.entries("flag")}
    for experiment in basis.entries("experiment"):
        if state_of(experiment.data) == state and experiment.data.get("flag") not in flags:
            yield Item(experiment, None, "", None)
