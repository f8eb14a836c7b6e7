"""Recommend exactly one action for a tool, with the reason, by its status."""

from __future__ import annotations

from dataclasses import dataclass

from handbook.base.choices import is_own
from handbook.base.language import NC_, _, ngettext
from handbook.base.text import words
from handbook.kinds.tool.active_checks import ACTIVE_CHECKS
from handbook.kinds.tool.case import Case, joined, notice
from handbook.kinds.tool.states import is_active
from handbook.read.values import state_of

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
    reasons = ((action, reason_for(case)) for action, reason_for in ACTIVE_CHECKS)
    return next(Recommendation(action, reason.rstrip()) for action, reason in reasons if reason)


def _retired(case: Case) -> Recommendation:
    state = _state(case, _("Retired"))
    if case.contract and not case.contract.renewed:
        return Recommendation(
            "complete-sunset",
            joined(_("%(state)s, but the contract has not ended.", state=state), notice(case)),
        )
    if case.cost.active:
        return Recommendation("complete-sunset", _retired_in_use(case, state))
    return Recommendation("closed", _("%(state)s; no action needed.", state=state))


def _sunset(case: Case) -> Recommendation:
    return Recommendation(
        "complete-sunset", joined(f"{_state(case, _('In sunset'))}.", _remaining(case), notice(case))
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
    return Recommendation("decide", joined(_undecided(case, _("In trial")), _known(case), notice(case)))


def _proposed(case: Case) -> Recommendation:
    return Recommendation("decide", joined(_undecided(case, _("Proposed")), _known(case)))


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
