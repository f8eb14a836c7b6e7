"""The signs that it is time to hire for product operations.

They are the items of a checklist with scoring. Items with `answered_from` are answered from the data; the
reader answers the others.
"""

from __future__ import annotations

from dataclasses import dataclass

from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.kinds.survey.quarters import latest, surveys
from handbook.kinds.survey.sign_answer import OPEN, YES, Answer
from handbook.kinds.survey.sign_answers import answer
from handbook.link.catalogue import Entry

TEAM_SIZE = 5
"""The number of product managers below which the answer is always to wait."""

_NEEDS = {
    "checklist": ("groups.items.id", "groups.items.name", "groups.items.answered_from", "scoring.threshold")
}


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign that it is time to hire.

    Attributes:
        id: The ID of the checklist item.
        name: The text of the item.
        answer: The answer from the data; `None` if the item has no data source.
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
    """All signs, with a recommendation.

    Attributes:
        checklist: The checklist with the signs.
        signs: The signs, in the order of the checklist.
        threshold: The number of signs from which it is time to hire.
        product_managers: The number of product managers in the last survey, or `None`.
        team_size: The minimum number of product managers.
    """

    checklist: Entry
    signs: tuple[Sign, ...]
    threshold: int
    product_managers: int | None
    team_size: int = TEAM_SIZE

    @property
    def yes(self) -> int:
        """The number of signs that the data shows."""
        return sum(sign.state == YES for sign in self.signs)

    @property
    def open(self) -> tuple[Sign, ...]:
        """The signs that the reader has to judge."""
        return tuple(sign for sign in self.signs if sign.state == OPEN)

    @property
    def recommendation(self) -> str:
        """The recommendation: `hire`, `wait`, `small-team`, or `tick` if it depends on the reader."""
        if self.product_managers is not None and self.product_managers < self.team_size:
            return "small-team"
        if self.yes >= self.threshold:
            return "hire"
        return "wait" if self.yes + len(self.open) < self.threshold else "tick"

    @property
    def missing(self) -> int:
        """The number of signs missing to the threshold."""
        return max(self.threshold - self.yes, 0)


@figure(_NEEDS)
def hiring_signs(basis: Basis) -> HiringSigns | None:
    """Show the signs that it is time to hire for product operations, with evidence from the data."""
    found = (signs_of(basis, checklist) for checklist in basis.entries("checklist"))
    return next(filter(None, found), None)


@figure(_NEEDS)
def signs_of(basis: Basis, checklist: Entry) -> HiringSigns | None:
    """Return the signs of a checklist; `None` if the data answers none.

    Args:
        basis: The data that figures are calculated from.
        checklist: An entry of the content type `checklist`.
    """
    items = [item for group in checklist.data.get("groups", ()) for item in group["items"]]
    if "scoring" not in checklist.data or not any("answered_from" in item for item in items):
        return None
    signs = tuple(
        Sign(
            item["id"],
            item["name"],
            answer(basis, item["answered_from"]) if "answered_from" in item else None,
        )
        for item in items
    )
    people = latest(surveys(basis), "product_managers")
    return HiringSigns(
        checklist, signs, checklist.data["scoring"]["threshold"], people[1] if people else None
    )
