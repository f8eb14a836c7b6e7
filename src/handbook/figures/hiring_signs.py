"""The signs that product operations needs somebody, and whether it is time to hire.

A checklist with a scoring names them; an item that says `answered_from` is answered from the data, the others
are left to the reader.
"""

from __future__ import annotations

from dataclasses import dataclass

from handbook.figures.basis import Basis
from handbook.figures.sign_answers import ANSWERS, OPEN, YES, Answer
from handbook.figures.surveys import latest, surveys
from handbook.link.catalogue import Entry

TEAM_SIZE = 5
"""Product managers. With fewer the overhead is bearable, and nobody is hired whatever the signs say."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign.

    Attributes:
        id: The item of the checklist.
        name: What it says.
        answer: What the data says; `None` when the item names nothing to ask the data.
    """

    id: str
    name: str
    answer: Answer | None

    @property
    def state(self) -> str:
        """`yes`, `no` or `open`."""
        return self.answer.state if self.answer else OPEN


@dataclass(frozen=True, slots=True)
class HiringSigns:
    """All signs, and what follows from those that the data answers.

    Attributes:
        checklist: The checklist they stand in.
        signs: The signs in its order.
        threshold: How many make it time to hire.
        product_managers: How many there are, as the last survey says; `None` when none does.
        team_size: How many product managers there have to be.
    """

    checklist: Entry
    signs: tuple[Sign, ...]
    threshold: int
    product_managers: int | None
    team_size: int = TEAM_SIZE

    @property
    def yes(self) -> int:
        """How many the data finds."""
        return sum(sign.state == YES for sign in self.signs)

    @property
    def open(self) -> tuple[Sign, ...]:
        """Those that are for the reader to tick."""
        return tuple(sign for sign in self.signs if sign.state == OPEN)

    @property
    def verdict(self) -> str:
        """`hire`, `wait`, `small-team`, or `tick` when it depends on what the reader ticks."""
        if self.product_managers is not None and self.product_managers < self.team_size:
            return "small-team"
        if self.yes >= self.threshold:
            return "hire"
        return "wait" if self.yes + len(self.open) < self.threshold else "tick"

    @property
    def missing(self) -> int:
        """How many more ticks it takes."""
        return max(self.threshold - self.yes, 0)


def hiring_signs(basis: Basis) -> HiringSigns | None:
    """The signs that it is time to hire for product operations, answered from the data where it can."""
    for checklist in basis.catalogue.entries("checklist").values():
        found = signs_of(basis, checklist)
        if found:
            return found
    return None


def signs_of(basis: Basis, checklist: Entry) -> HiringSigns | None:
    """The signs of a checklist; `None` when it has none that the data answers.

    Args:
        basis: What figures are worked out from.
        checklist: An entry of the kind `checklist`.
    """
    items = [item for group in checklist.data["groups"] for item in group["items"]]
    if "scoring" not in checklist.data or not any("answered_from" in item for item in items):
        return None
    signs = tuple(
        Sign(
            item["id"],
            item["name"],
            ANSWERS[item["answered_from"]](basis) if "answered_from" in item else None,
        )
        for item in items
    )
    people = latest(surveys(basis), "product_managers")
    return HiringSigns(
        checklist, signs, checklist.data["scoring"]["threshold"], people[1] if people else None
    )
