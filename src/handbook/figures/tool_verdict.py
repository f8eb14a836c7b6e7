"""What to do with a tool: exactly one recommendation, with its reason.

The limits are those of the process "Quarterly tool audit": keep from 70 % of the seats in use, fewer seats
from 40 %, look closer below. One count cannot show two quarters below 40 %, so it alone never says "sunset".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from handbook.check.words import count
from handbook.figures.tool_contract import ToolContract
from handbook.figures.tool_cost import ToolCost
from handbook.figures.tool_overlap import Overlap
from handbook.figures.words import in_words, listed
from handbook.link.catalogue import Entry

KEEP_FROM = Fraction(7, 10)
"""The part of the seats in use from which a tool is kept as it is."""

FEWER_FROM = Fraction(4, 10)
"""The part of the seats in use from which fewer seats are enough."""


ACTIONS = (
    "find-owner",
    "finish-leaving",
    "sunset",
    "decide",
    "look-closer",
    "fewer-seats",
    "complete-entry",
    "keep",
    "closed",
)
"""What may be recommended, the most urgent first."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of a tool when it is judged.

    Attributes:
        tool: The tool.
        cost: Its cost and seats.
        contract: The days of its contract.
        overlaps: The pairs of active tools that it is part of.
        in_house: Those of its capabilities that an active tool has.
        replacement: The tool to use instead.
        lacks: What its entry does not say.
        review_due: The day its review was due, when that has passed.
    """

    tool: Entry
    cost: ToolCost
    contract: ToolContract | None
    overlaps: Sequence[Overlap]
    in_house: Sequence[str]
    replacement: Entry | None
    lacks: Sequence[str]
    review_due: date | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A recommendation.

    Attributes:
        action: One of `ACTIONS`.
        reason: Why, in sentences.
    """

    action: str
    reason: str


def judge(case: Case) -> Verdict:
    """The recommendation for a tool: by its status, and for an active one the first thing that applies."""
    by_status = {"retired": _retired, "sunset": _sunset, "trial": _trial, "proposed": _proposed}
    status = case.tool.data["status"]
    if status in by_status:
        return by_status[status](case)
    return next(verdict for check in _ACTIVE if (verdict := check(case)))


def _retired(case: Case) -> Verdict:
    if case.contract and not case.contract.renewed:
        return Verdict("finish-leaving", f"It is retired, and its contract has not ended. {_notice(case)}")
    if case.cost.active:
        return Verdict("finish-leaving", f"It is retired, and {_people(case)} it. Close their accounts.")
    return Verdict("closed", "It is retired; there is nothing to do.")


def _sunset(case: Case) -> Verdict:
    where = f" to {case.replacement.name}" if case.replacement else ""
    moving = f"{_people(case)} it: move them{where}. " if case.cost.active else ""
    left = moving or ("Nobody uses it. " if case.cost.active == 0 else "")
    return Verdict("finish-leaving", f"It is being left. {left}{_notice(case)}".strip())


def _trial(case: Case) -> Verdict:
    return Verdict("decide", f"It is on trial: buy or drop it. {_known(case)}{_notice(case)}".strip())


def _proposed(case: Case) -> Verdict:
    return Verdict("decide", f"It is asked for and not bought: buy or drop it. {_known(case)}".strip())


def _ownerless(case: Case) -> Verdict | None:
    if "owner" in case.tool.data:
        return None
    return Verdict("find-owner", "Nobody owns it. It gets an owner in this audit or is left.")


def _covered(case: Case) -> Verdict | None:
    covering = [pair.partner(case.tool) for pair in _unwanted(case) if pair.covered is case.tool]
    if not covering:
        return None
    used = f"{_used(case)} " if case.cost.licensed else ""
    return Verdict(
        "sunset", f"Whatever it can do, {covering[0].name} can do, too. {used}{_notice(case)}".strip()
    )


def _unused(case: Case) -> Verdict | None:
    if case.cost.active != 0:
        return None
    return Verdict("sunset", f"Nobody used it in the 30 days before the count. {_notice(case)}".strip())


def _incomplete(case: Case) -> Verdict | None:
    if case.lacks:
        return Verdict("complete-entry", f"Its entry does not say what an audit needs: {listed(case.lacks)}.")
    if case.contract and case.contract.renewed:
        return Verdict("complete-entry", _notice(case))
    return None


def _hardly_used(case: Case) -> Verdict | None:
    if case.cost.share is None or case.cost.share >= FEWER_FROM:
        return None
    return Verdict(
        "look-closer", f"{_used(case)} Below 40% in the next audit, too, it should be left. {_notice(case)}"
    )


def _doubled(case: Case) -> Verdict | None:
    """Of a pair of which one covers the other, the one that covers is no question."""
    open_pairs = [pair for pair in _unwanted(case) if pair.covered is None]
    if not open_pairs:
        return None
    shared = "; ".join(
        f"{listed([_spoken(name) for name in pair.shared])} with {pair.partner(case.tool).name}"
        for pair in open_pairs
    )
    return Verdict("look-closer", f"It shares {shared}: say what both are needed for, or leave one.")


def _partly_used(case: Case) -> Verdict | None:
    if case.cost.share is None or case.cost.share >= KEEP_FROM:
        return None
    idle = count(case.cost.idle or 0, "idle seat")
    verb = "costs" if case.cost.idle == 1 else "cost"
    saving = (
        f"Its {idle} {verb} {case.cost.idle_cost.words} a year."
        if case.cost.per_seat and case.cost.idle_cost
        else "Its price is flat: ask for a smaller plan."
    )
    return Verdict("fewer-seats", f"{_used(case)} {saving} {_notice(case)}")


def _overdue(case: Case) -> Verdict | None:
    if not case.review_due:
        return None
    return Verdict("complete-entry", f"Its review was due on {in_words(case.review_due)}.")


def _kept(case: Case) -> Verdict:
    rivals = [pair.partner(case.tool).name for pair in _unwanted(case)]
    wanted = [pair.partner(case.tool).name for pair in case.overlaps if pair.why]
    said = [_used(case)] if case.cost.licensed else []
    said += [f"Of it and {listed(rivals)}, it is the one to stay."] if rivals else []
    said += [f"What it shares with {listed(wanted)} is wanted."] if wanted else []
    return Verdict("keep", " ".join(said if case.overlaps else [*said, "No other tool does the same."]))


_ACTIVE: Sequence[Callable[[Case], Verdict | None]] = (
    _ownerless,
    _covered,
    _unused,
    _incomplete,
    _hardly_used,
    _doubled,
    _partly_used,
    _overdue,
    _kept,
)
"""What may be said of an active tool, the most urgent first."""


def _unwanted(case: Case) -> Sequence[Overlap]:
    return [pair for pair in case.overlaps if not pair.why]


def _used(case: Case) -> str:
    return (
        f"{case.cost.active} of {count(case.cost.licensed or 0, 'seat')} are in use ({case.cost.percent}%)."
    )


def _people(case: Case) -> str:
    return "1 person still uses" if case.cost.active == 1 else f"{case.cost.active} people still use"


def _known(case: Case) -> str:
    has = case.tool.data.get("capabilities", ())
    if not has or not case.in_house:
        return ""
    return f"{len(case.in_house)} of the {len(has)} things it can do, active tools do already. "


def _notice(case: Case) -> str:
    """What the contract asks for, as a sentence; nothing without a contract."""
    if case.contract is None:
        return ""
    renews = in_words(case.contract.renews_on)
    if case.contract.renewed:
        return f"By its entry the contract renewed on {renews}: write the day of the next renewal."
    if case.contract.days_left < 0:
        return f"The last day for notice has passed; the contract renews on {renews}. Ask for a shorter term."
    return f"Notice is possible until {in_words(case.contract.notice_by)}."


def _spoken(name: str) -> str:
    return name.replace("-", " ")
