"""The data of a tool for its recommendation, and what every reason can say about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handbook.base.language import _
from handbook.base.sentences import in_words
from handbook.kinds.tool.contract import ToolContract
from handbook.kinds.tool.cost import ToolCost
from handbook.kinds.tool.overlap import Partners
from handbook.kinds.tool.seats import SeatHistory
from handbook.link.catalogue import Entry


@dataclass(frozen=True, slots=True)
class Case:
    """The data of a tool for its recommendation.

    Attributes:
        tool: The tool.
        cost: The cost and seats.
        contract: The dates of the contract.
        partners: The tools that overlap with it.
        seats: Its seats over time.
        in_house: The capabilities that active tools already cover.
        replacement: The replacement.
        missing_fields: The missing audit data.
        review_due: The review date, if it is overdue.
    """

    tool: Entry
    cost: ToolCost
    contract: ToolContract | None
    partners: Partners
    seats: SeatHistory
    in_house: Sequence[str]
    replacement: Entry | None
    missing_fields: Sequence[str]
    review_due: date | None


def joined(*sentences: str) -> str:
    """Return sentences as one text, without the empty ones."""
    return " ".join(filter(None, sentences))


def notice(case: Case) -> str:
    """Return the next step of the contract, as a sentence; empty without a contract."""
    if case.contract is None:
        return ""
    renews = in_words(case.contract.renews_on)
    if case.contract.renewed:
        return _("The entry says the contract renewed on %(day)s. Update the renewal date.", day=renews)
    if case.contract.notice_by is None or case.contract.days_left is None:
        return _("The contract renews on %(day)s; the notice period is unknown.", day=renews)
    if case.contract.days_left < 0:
        return _(
            "The notice deadline has passed; the contract renews on %(day)s. Ask for a shorter term.",
            day=renews,
        )
    return _("Notice deadline: %(day)s.", day=in_words(case.contract.notice_by))
