"""Check an active tool: each check gives the reason for one recommendation.

The thresholds are those of the process "Quarterly tool audit": keep a tool from 70% of seats in use, reduce
seats from 40%, review it below, and end it below 40% for two quarters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from handbook.base.choices import spoken
from handbook.base.language import _, ngettext
from handbook.base.sentences import in_words, listed
from handbook.kinds.tool.audit_data import titles_of
from handbook.kinds.tool.case import Case, joined, notice
from handbook.kinds.tool.seats import HARDLY
from handbook.read.values import owner_ids

_KEEP_FROM = Fraction(7, 10)
"""The share of seats in use from which a tool is kept as it is."""


def _ownerless(case: Case) -> str:
    return "" if owner_ids(case.tool.data) else _("No owner. Assign one in this audit or sunset the tool.")


def _covered(case: Case) -> str:
    if not case.partners.covering:
        return ""
    covered = _("%(tool)s covers all of its capabilities.", tool=case.partners.covering.name)
    return joined(covered, _used(case) if case.cost.share is not None else "", notice(case))


def _unused(case: Case) -> str:
    if case.cost.active != 0:
        return ""
    return joined(_("No active users in the 30 days before the count."), notice(case))


def _low_again(case: Case) -> str:
    before = case.seats.before
    if not case.seats.is_low_again or before is None or case.cost.share is None:
        return ""
    said = _(
        "In %(quarter)s it was %(percent)s: below 40%% for two quarters.",
        quarter=before.quarter.words,
        percent=before.percent,
    )
    return joined(_used(case), said, notice(case))


def _incomplete(case: Case) -> str:
    if case.missing_fields:
        return _("Missing audit data: %(fields)s.", fields=listed(titles_of(case.tool, case.missing_fields)))
    return notice(case) if case.contract and case.contract.renewed else ""


def _hardly_used(case: Case) -> str:
    if case.cost.share is None or case.cost.share >= HARDLY:
        return ""
    return joined(_used(case), _("If it is below 40% again in the next audit, sunset it."), notice(case))


def _doubled(case: Case) -> str:
    """Recommend a review of open overlaps. If one tool covers the other, only the covered one is reviewed."""
    shared = [
        _(
            "%(capabilities)s with %(tool)s",
            capabilities=listed([spoken(name) for name in names]),
            tool=other.name,
        )
        for other, names in case.partners.unexplained
    ]
    if not shared:
        return ""
    overlaps = "; ".join([*shared, *([_("and others")] if case.partners.has_more else [])])
    return _("Overlap: %(overlaps)s. Document why both are needed, or sunset one.", overlaps=overlaps)


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
    rivals, wanted = (
        [other.name for other in others] for others in (case.partners.covered, case.partners.intentional)
    )
    sentences = [_used(case)] if case.cost.share is not None else []
    sentences += [_("Preferred over %(tools)s.", tools=listed(rivals))] if rivals else []
    sentences += [_("The overlap with %(tools)s is intentional.", tools=listed(wanted))] if wanted else []
    return " ".join(sentences if case.partners else [*sentences, _("No overlapping tools.")])


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
    ("sunset", _low_again),
    ("complete-entry", _incomplete),
    ("review", _hardly_used),
    ("review", _doubled),
    ("reduce-seats", _partly_used),
    ("complete-entry", _overdue),
    ("keep", _kept),
)
"""The checks of an active tool, the most urgent first: what they recommend, and a function for the reason."""
