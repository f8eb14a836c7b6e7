"""Check an active tool: each check gives the reason for one recommendation.

The thresholds are those of the process "Quarterly tool audit": keep a tool from 70% of seats in use, reduce
seats from 40%, and review it below. One count cannot show two quarters below 40%, so it is no reason for a
sunset.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from handbook.base.choices import spoken
from handbook.base.language import _, ngettext
from handbook.base.sentences import in_words, listed
from handbook.kinds.tool.case import Case, joined, notice
from handbook.kinds.tool.overlap import Overlap
from handbook.read.values import owner_ids

_KEEP_FROM = Fraction(7, 10)
"""The share of seats in use from which a tool is kept as it is."""

_FEWER_FROM = Fraction(4, 10)
"""The share of seats in use from which seats are reduced."""


def _ownerless(case: Case) -> str:
    return "" if owner_ids(case.tool.data) else _("No owner. Assign one in this audit or sunset the tool.")


def _covered(case: Case) -> str:
    covering = [pair.partner(case.tool) for pair in _unwanted(case) if pair.covered is case.tool]
    if not covering:
        return ""
    covered = _("%(tool)s covers all of its capabilities.", tool=covering[0].name)
    return joined(covered, _used(case) if case.cost.share is not None else "", notice(case))


def _unused(case: Case) -> str:
    if case.cost.active != 0:
        return ""
    return joined(_("No active users in the 30 days before the count."), notice(case))


def _incomplete(case: Case) -> str:
    if case.missing_fields:
        return _("Missing audit data: %(fields)s.", fields=listed(case.missing_fields))
    return notice(case) if case.contract and case.contract.renewed else ""


def _hardly_used(case: Case) -> str:
    if case.cost.share is None or case.cost.share >= _FEWER_FROM:
        return ""
    return joined(_used(case), _("If it is below 40% again in the next audit, sunset it."), notice(case))


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
    if case.cost.share is None or case.cost.share >= _KEEP_FROM:
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
    return joined(_used(case), saving, notice(case))


def _overdue(case: Case) -> str:
    return _("The review was due on %(day)s.", day=in_words(case.review_due)) if case.review_due else ""


def _kept(case: Case) -> str:
    rivals = [pair.partner(case.tool).name for pair in _unwanted(case)]
    wanted = [pair.partner(case.tool).name for pair in case.overlaps if pair.why]
    sentences = [_used(case)] if case.cost.share is not None else []
    sentences += [_("Preferred over %(tools)s.", tools=listed(rivals))] if rivals else []
    sentences += [_("The overlap with %(tools)s is intentional.", tools=listed(wanted))] if wanted else []
    return " ".join(sentences if case.overlaps else [*sentences, _("No overlapping tools.")])


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


ACTIVE_CHECKS: Sequence[tuple[str, Callable[[Case], str]]] = (
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
