"""Who does what in a process: a letter for each role in each activity, and who decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.link.catalogue import Entry
from handbook.read.values import list_at

_LETTERS = {"responsible": "R", "consulted": "C", "informed": "I"}


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a role or team in an activity.

    Attributes:
        who: The role or team.
        letter: A for accountable, R for responsible, C for consulted, I for informed; empty for no part.
    """

    who: Entry
    letter: str


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity with the part of everyone.

    Attributes:
        name: The activity.
        roles: A part for each role and team in the table, in its order.
    """

    name: str
    roles: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decides what.

    Attributes:
        who: The role or team that is accountable.
        what: The activity.
    """

    who: Entry
    what: str


@dataclass(frozen=True, slots=True)
class Responsibilities:
    """The table of a process.

    Attributes:
        everyone: The roles and teams, by their first part.
        activities: The activities.
        decisions: The activities that are the decision of the process.
    """

    everyone: tuple[Entry, ...]
    activities: tuple[Activity, ...]
    decisions: tuple[Decision, ...]


@figure(
    {"process": ("raci.activity", "raci.accountable", "raci.responsible")},
    reads={"process": ["raci.consulted", "raci.informed", "raci.decides"]},
)
def responsibilities(basis: Basis, process: Entry) -> Responsibilities | None:
    """Return who does what in a process; `None` if nothing is said.

    A role that is accountable and the only one responsible has the letter A alone.

    Args:
        basis: The data that figures are calculated from.
        process: An entry of the content type `process`.
    """
    items = list_at(process.data, ("raci",))
    rows = [dict(_letters(basis, process, item)) for item in items]
    everyone = tuple(dict.fromkeys(who for row in rows for who in row))
    if not everyone:
        return None
    activities = tuple(
        Activity(str(item.get("activity", "")), tuple(Part(who, row.get(who, "")) for who in everyone))
        for item, row in zip(items, rows, strict=True)
    )
    decisions = tuple(
        Decision(who, str(item.get("activity", "")))
        for item, row in zip(items, rows, strict=True)
        if item.get("decides")
        for who, letter in row.items()
        if "A" in letter
    )
    return Responsibilities(everyone, activities, decisions)


def _letters(basis: Basis, process: Entry, item: Mapping[str, Any]) -> Iterator[tuple[Entry, str]]:
    """Yield each role and team of an activity with its letter, the most involved first."""
    doing = list_at(item, ("responsible",))
    accountable = basis.referred(process, "raci.accountable", str(item.get("accountable", "")))
    seen = set()
    if accountable:
        seen.add(accountable)
        also = len(doing) > 1 and item.get("accountable") in doing
        yield accountable, "A R" if also else "A"
    for field, letter in _LETTERS.items():
        for name in list_at(item, (field,)):
            who = basis.referred(process, f"raci.{field}", name)
            if who and who not in seen:
                seen.add(who)
                yield who, letter
