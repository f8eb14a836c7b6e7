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

from handbook.base.choices import is_own, spoken
from handbook.base.language import NC_, _, ngettext
from handbook.base.sentences import in_words, listed
from handbook.base.text import words
from handbook.kinds.tool.audit_data import titles_of
from handbook.kinds.tool.contract import ToolContract
from handbook.kinds.tool.cost import ToolCost
from handbook.kinds.tool.overlap import Overlap
from handbook.kinds.tool.states import is_active
from handbook.link.catalogue import Entry
from handbook.read.values import owner_ids, state_of

KEEP_FROM = Fraction(7, 10)
"""The share of seats in use from which a tool is kept as it is."""

FEWER_FROM = Fraction(4, 10)
"""The share of seats in use from which seats are reduced."""


_WORDS = {
    "assign-owner": NC_("choice", "Assign owner"),
    "complete-sunset": NC_("choice", "Complete sunset"),
    "sunset": NC_("choice", "Sunset"),
    "decide": NC_("choice", "Decide"),
    "review": NC_("choice", "Review"),
    "reduce-seats": NC_("choice", "Reduce seats"),
    "complete-entry": NC_("choice", "Complete entry"),
    "keep": NC_("choice", "Keep"),
    "closed": NC_("choice", "Closed"),
    "none": NC_("choice", "None"),
}
ACTIONS = tuple(_WORDS)
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
    if not is_active(case.tool.data):
        return by_status.get(state_of(case.tool.data), _other)(case)
    reasons = ((action, reason_for(case)) for action, reason_for in _ACTIVE)
    return next(Recommendation(action, reason.rstrip()) for action, reason in reasons if reason)


def _retired(case: Case) -> Recommendation:
    state = _state(case, _("Retired"))
    if case.contract and not case.contract.renewed:
        return Recommendation(
            "complete-sunset",
            _joined(_("%(state)s, but the contract has not ended.", state=state), _notice(case)),
        )
    if case.cost.active:
        return Recommendation("complete-sunset", _retired_in_use(case, state))
    return Recommendation("closed", _("%(state)s; no action needed.", state=state))


def _sunset(case: Case) -> Recommendation:
    return Recommendation(
        "complete-sunset", _joined(f"{_state(case, _('In sunset'))}.", _remaining(case), _notice(case))
    )


def _remaining(case: Case) -> str:
    """Return who still uses a tool in sunset, as a sentence; empty if that is unknown."""
    if not case.cost.active:
        return _("No active users.") if case.cost.active == 0 else ""
    if case.replacement:
        return ngettext(
            "%(num)s person still uses it: move them to %(tool)s.",
            "%(num)s people still use it: move them to %(tool)s.",
            case.cost.active,
            tool=case.replacement.name,
        )
    return ngettext(
        "%(num)s person still uses it: move them.",
        "%(num)s people still use it: move them.",
        case.cost.active,
    )


def _retired_in_use(case: Case, state: str) -> str:
    return ngettext(
        "%(state)s, but %(num)s person still uses it. Close their accounts.",
        "%(state)s, but %(num)s people still use it. Close their accounts.",
        case.cost.active or 0,
        state=state,
    )


def _trial(case: Case) -> Recommendation:
    return Recommendation("decide", _joined(_undecided(case, _("In trial")), _known(case), _notice(case)))


def _proposed(case: Case) -> Recommendation:
    return Recommendation("decide", _joined(_undecided(case, _("Proposed")), _known(case)))


def _undecided(case: Case, usual: str) -> str:
    return _("%(state)s: decide whether to buy or drop it.", state=_state(case, usual))


def _state(case: Case, usual: str) -> str:
    """Return the state of a tool at the start of a sentence.

    Args:
        case: The data of the tool.
        usual: The words for the built-in state.
    """
    state = case.tool.data["status"]
    return words(state) if is_own(state) else usual


def _other(case: Case) -> Recommendation:
    status = case.tool.data.get("status")
    return Recommendation(
        "none",
        _("No recommendation for the status `%(status)s`.", status=status) if status else _("No status."),
    )


def _ownerless(case: Case) -> str:
    return "" if owner_ids(case.tool.data) else _("No owner. Assign one in this audit or sunset the tool.")


def _covered(case: Case) -> str:
    covering = [pair.partner(case.tool) for pair in _unwanted(case) if pair.covered is case.tool]
    if not covering:
        return ""
    covered = _("%(tool)s covers all of its capabilities.", tool=covering[0].name)
    return _joined(covered, _used(case) if case.cost.share is not None else "", _notice(case))


def _unused(case: Case) -> str:
    if case.cost.active != 0:
        return ""
    return _joined(_("No active users in the 30 days before the count."), _notice(case))


def _incomplete(case: Case) -> str:
    if case.missing_fields:
        return _("Missing audit data: %(fields)s.", fields=listed(titles_of(case.tool, case.missing_fields)))
    return _notice(case) if case.contract and case.contract.renewed else ""


def _hardly_used(case: Case) -> str:
    if case.cost.share is None or case.cost.share >= FEWER_FROM:
        return ""
    return _joined(_used(case), _("If it is below 40% again in the next audit, sunset it."), _notice(case))


def _doubled(case: Case) -> str:
    """Recommend a review of open overlaps. If one tool covers the other, only the covered one is reviewed."""
    shared = "; ".join(
        _(
            "%(capabilities)s with %(tool)s",
            capabilities=listed([spoken(name) for name in pair.shared]),
            tool=pair.partner(case.tool).name,
        )
        for pair in _unwanted(case)
        if pair.covered is None
    )
    if not shared:
        return ""
    return _("Overlap: %(overlaps)s. Document why both are needed, or sunset one.", overlaps=shared)


def _partly_used(case: Case) -> str:
    if case.cost.share is None or case.cost.share >= KEEP_FROM:
        return ""
    saving = ""
    if case.cost.per_seat and case.cost.idle_cost:
        saving = ngettext(
            "%(num)s unused seat costs %(cost)s per year.",
            "%(num)s unused seats cost %(cost)s per year.",
            case.cost.idle or 0,
            cost=case.cost.idle_cost.words,
        )
    elif case.cost.per_seat is False:
        saving = _("Flat-rate pricing: ask for a smaller plan.")
    return _joined(_used(case), saving, _notice(case))


def _overdue(case: Case) -> str:
    return _("The review was due on %(day)s.", day=in_words(case.review_due)) if case.review_due else ""


def _kept(case: Case) -> str:
    rivals = [pair.partner(case.tool).name for pair in _unwanted(case)]
    wanted = [pair.partner(case.tool).name for pair in case.overlaps if pair.why]
    sentences = [_used(case)] if case.cost.share is not None else []
    sentences += [_("Preferred over %(tools)s.", tools=listed(rivals))] if rivals else []
    sentences += [_("The overlap with %(tools)s is intentional.", tools=listed(wanted))] if wanted else []
    return " ".join(sentences if case.overlaps else [*sentences, _("No overlapping tools.")])


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
    return ngettext(
        "%(active)s of %(num)s seat are in use (%(percent)s).",
        "%(active)s of %(num)s seats are in use (%(percent)s).",
        case.cost.licensed or 0,
        active=case.cost.active,
        percent=case.cost.percent,
    )


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _known(case: Case) -> str:
    has = case.tool.data.get("capabilities", ())
    if not has or not case.in_house:
        return ""
    return ngettext(
        "Active tools already cover %(covered)s of its %(num)s capability.",
        "Active tools already cover %(covered)s of its %(num)s capabilities.",
        len(has),
        covered=len(case.in_house),
    )


def _notice(case: Case) -> str:
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
