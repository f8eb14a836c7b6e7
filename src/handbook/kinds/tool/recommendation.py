"""Recommend exactly one action for a tool, with the reason.

The thresholds are those of the process "Quarterly tool audit": keep a tool from 70% of seats in use, reduce
seats from 40%, and review it below. One count cannot show two quarters below 40%, so it is no reason for a
sunset.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from handbook.base.sentences import in_words, listed
from handbook.base.words import count
from handbook.kinds.tool.contract import ToolContract
from handbook.kinds.tool.cost import ToolCost
from handbook.kinds.tool.overlap import Overlap
from handbook.link.catalogue import Entry
from handbook.read.values import owner_ids

KEEP_FROM = Fraction(7, 10)
"""The share of seats in use from which a tool is kept as it is."""

FEWER_FROM = Fraction(4, 10)
"""The share of seats in use from which seats are reduced."""


ACTIONS = (
    "assign-owner",
    "complete-sunset",
    "sunset",
    "decide",
    "review",
    "reduce-seats",
    "complete-entry",
    "keep",
    "closed",
    "none",
)
"""The possible recommendations, the most urgent first."""


@dataclass(frozen=True, slots=True)
class Case:
    """The data of a tool for its recommendation.

    Attributes:
        tool: The tool.
        cost: The cost and seats.
        contract: The dates of the contract.
        overlaps: The overlaps with other tools.
        in_house: The capabilities that active tools already cover.
        replacement: The replacement.
        missing_fields: The missing audit data.
        review_due: The review date, if it is overdue.
    """

    tool: Entry
    cost: ToolCost
    contract: ToolContract | None
    overlaps: Sequence[Overlap]
    in_house: Sequence[str]
    replacement: Entry | None
    missing_fields: Sequence[str]
    review_due: date | None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation.

    Attributes:
        action: One of `ACTIONS`.
        reason: The reason, in sentences.
    """

    action: str
    reason: str


def recommend(case: Case) -> Recommendation:
    """Return the recommendation by status; for an active tool, the first check that applies."""
    by_status = {"retired": _retired, "sunset": _sunset, "trial": _trial, "proposed": _proposed}
    status = case.tool.data.get("status", "unknown")
    if status != "active":
        return by_status.get(status, _other)(case)
    reasons = ((action, reason_for(case)) for action, reason_for in _ACTIVE)
    return next(Recommendation(action, reason.rstrip()) for action, reason in reasons if reason)


def _retired(case: Case) -> Recommendation:
    if case.contract and not case.contract.renewed:
        return Recommendation("complete-sunset", f"Retired, but the contract has not ended. {_notice(case)}")
    if case.cost.active:
        return Recommendation("complete-sunset", f"Retired, but {_people(case)} it. Close their accounts.")
    return Recommendation("closed", "Retired; no action needed.")


def _sunset(case: Case) -> Recommendation:
    where = f" to {case.replacement.name}" if case.replacement else ""
    moving = f"{_people(case)} it: move them{where}. " if case.cost.active else ""
    left = moving or ("No active users. " if case.cost.active == 0 else "")
    return Recommendation("complete-sunset", f"In sunset. {left}{_notice(case)}".strip())


def _trial(case: Case) -> Recommendation:
    return Recommendation(
        "decide", f"In trial: decide whether to buy or drop it. {_known(case)}{_notice(case)}".strip()
    )


def _proposed(case: Case) -> Recommendation:
    return Recommendation("decide", f"Proposed: decide whether to buy or drop it. {_known(case)}".strip())


def _other(case: Case) -> Recommendation:
    status = case.tool.data.get("status")
    return Recommendation("none", f"No recommendation for the status `{status}`." if status else "No status.")


def _ownerless(case: Case) -> str:
    return "" if owner_ids(case.tool.data) else "No owner. Assign one in this audit or sunset the tool."


def _covered(case: Case) -> str:
    covering = [pair.partner(case.tool) for pair in _unwanted(case) if pair.covered is case.tool]
    used = f"{_used(case)} " if case.cost.share is not None else ""
    return f"{covering[0].name} covers all of its capabilities. {used}{_notice(case)}" if covering else ""


def _unused(case: Case) -> str:
    if case.cost.active != 0:
        return ""
    return f"No active users in the 30 days before the count. {_notice(case)}"


def _incomplete(case: Case) -> str:
    if case.missing_fields:
        return f"Missing audit data: {listed(case.missing_fields)}."
    return _notice(case) if case.contract and case.contract.renewed else ""


def _hardly_used(case: Case) -> str:
    if case.cost.share is None or case.cost.share >= FEWER_FROM:
        return ""
    return f"{_used(case)} If it is below 40% again in the next audit, sunset it. {_notice(case)}"


def _doubled(case: Case) -> str:
    """Recommend a review of open overlaps. If one tool covers the other, only the covered one is reviewed."""
    shared = "; ".join(
        f"{listed([_spoken(name) for name in pair.shared])} with {pair.partner(case.tool).name}"
        for pair in _unwanted(case)
        if pair.covered is None
    )
    return f"Overlap: {shared}. Document why both are needed, or sunset one." if shared else ""


def _partly_used(case: Case) -> str:
    if case.cost.share is None or case.cost.share >= KEEP_FROM:
        return ""
    idle = count(case.cost.idle or 0, "unused seat")
    verb = "costs" if case.cost.idle == 1 else "cost"
    saving = ""
    if case.cost.per_seat and case.cost.idle_cost:
        saving = f"{idle} {verb} {case.cost.idle_cost.words} per year. "
    elif case.cost.per_seat is False:
        saving = "Flat-rate pricing: ask for a smaller plan. "
    return f"{_used(case)} {saving}{_notice(case)}"


def _overdue(case: Case) -> str:
    return f"The review was due on {in_words(case.review_due)}." if case.review_due else ""


def _kept(case: Case) -> str:
    rivals = [pair.partner(case.tool).name for pair in _unwanted(case)]
    wanted = [pair.partner(case.tool).name for pair in case.overlaps if pair.why]
    sentences = [_used(case)] if case.cost.share is not None else []
    sentences += [f"Preferred over {listed(rivals)}."] if rivals else []
    sentences += [f"The overlap with {listed(wanted)} is intentional."] if wanted else []
    return " ".join(sentences if case.overlaps else [*sentences, "No overlapping tools."])


_ACTIVE: Sequence[tuple[str, Callable[[Case], str]]] = (
    ("assign-owner", _ownerless),
    ("sunset", _covered),
    ("sunset", _unused),
    ("complete-entry", _incomplete),
    ("review", _hardly_used),
    ("review", _doubled),
    ("reduce-seats", _partly_used),
    ("complete-entry", _overdue),
    ("keep", _kept),
)
"""The checks of an active tool, the most urgent first: what they recommend, and a function for the reason."""


def _unwanted(case: Case) -> Sequence[Overlap]:
    return [pair for pair in case.overlaps if not pair.why]


def _used(case: Case) -> str:
    return f"{case.cost.active} of {count(case.cost.licensed or 0, 'seat')} are in use ({case.cost.percent})."


def _people(case: Case) -> str:
    return "1 person still uses" if case.cost.active == 1 else f"{case.cost.active} people still use"


def _known(case: Case) -> str:
    has = case.tool.data.get("capabilities", ())
    if not has or not case.in_house:
        return ""
    return (
        f"Active tools already cover {len(case.in_house)} of its {len(has)} "
        f"{'capability' if len(has) == 1 else 'capabilities'}. "
    )


def _notice(case: Case) -> str:
    """Return the next step of the contract, as a sentence; empty without a contract."""
    if case.contract is None:
        return ""
    renews = in_words(case.contract.renews_on)
    if case.contract.renewed:
        return f"The entry says the contract renewed on {renews}. Update the renewal date."
    if case.contract.notice_by is None or case.contract.days_left is None:
        return f"The contract renews on {renews}; the notice period is unknown."
    if case.contract.days_left < 0:
        return f"The notice deadline has passed; the contract renews on {renews}. Ask for a shorter term."
    return f"Notice deadline: {in_words(case.contract.notice_by)}."


def _spoken(name: str) -> str:
    return name.replace("-", " ")
