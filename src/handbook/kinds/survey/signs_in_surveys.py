"""Answer signs from surveys: how long operational work, the first feature and planning take."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from handbook.base.language import _
from handbook.base.numbers import format_number, format_percent
from handbook.base.quarters import Quarter
from handbook.base.sentences import listed
from handbook.kinds.any.basis import Basis
from handbook.kinds.survey.impact import FIRST_FEATURE_DAYS
from handbook.kinds.survey.quarters import NO_BLOCKER, first_features, latest, median_days, surveys
from handbook.kinds.survey.sign_answer import NO, OPEN, YES, Answer, told
from handbook.kinds.survey.time_audit import LIMIT, time_audit

PLANNING_DAYS = 15
"""The limit for quarterly planning in working days: three weeks."""

_WEEK = 5
_ADMINISTRATION = frozenset({"tool-administration", "manual-reporting"})
"""The activities of the sign about tool administration and reporting."""


def operational_time(basis: Basis) -> Answer:
    """Return whether product managers spend too much time on tool administration and reporting."""
    audit = time_audit(basis).last
    if audit is None:
        return Answer(OPEN, _("No time audits yet."))
    counted = [each for each in audit.operational if each.name in _ADMINISTRATION]
    if not counted:
        about = _("The time audit of %(quarter)s has no such activity.", quarter=audit.quarter)
        return Answer(OPEN, about, (audit.survey,))
    percent = sum((each.percent for each in counted), Fraction(0))
    evidence = _(
        "%(share)s of all hours in %(quarter)s, from the diaries of %(diaries)s of %(asked)s product "
        "managers. The limit is %(limit)s%%. All operational work took %(all)s of the week (median).",
        share=format_percent(percent / 100),
        quarter=audit.quarter,
        diaries=audit.diaries,
        asked=audit.asked,
        limit=LIMIT,
        all=audit.share,
    )
    return Answer(told(percent > LIMIT) if audit.enough else OPEN, evidence, (audit.survey,))


def first_feature_time(basis: Basis) -> Answer:
    """Return whether people who start need too long for their first feature, for lack of documentation."""
    found = surveys(basis)
    features = first_features(found, Quarter.of(basis.today))
    days = median_days(features)
    if days is None:
        return Answer(OPEN, _("No first features recorded yet."))
    causes = [cause for _, cause in features]
    starters = listed(
        [_("%(days)s days (%(cause)s)", days=each, cause=_held_up(cause)) for each, cause in features]
    )
    about = _(
        "The median is %(days)s days. The limit is %(limit)s days, or four weeks. The most recent starters "
        "took %(starters)s.",
        days=format_number(days),
        limit=FIRST_FEATURE_DAYS,
        starters=starters,
    )
    known = latest(found, "first_features")
    entries = (known[0],) if known else ()
    if days <= FIRST_FEATURE_DAYS:
        return Answer(NO, about, entries)
    if "descriptions" in causes:
        return Answer(YES, about, entries)
    if NO_BLOCKER in causes:
        return Answer(OPEN, about, entries)
    return Answer(NO, f"{about} {_('Over the limit, but documentation was not the cause.')}", entries)


def _held_up(cause: str) -> str:
    if cause == "nothing":
        return _("no blocker")
    return _("main blocker not recorded") if cause == NO_BLOCKER else _("main blocker: %(what)s", what=cause)


def planning_time(basis: Basis) -> Answer:
    """Return whether quarterly planning takes too long, for lack of data."""
    known = latest(surveys(basis), "planning")
    if known is None:
        return Answer(OPEN, _("No planning recorded yet."))
    survey, planning = known
    first, last = (date.fromisoformat(planning[name]) for name in ("first_day", "published_on"))
    days = _working_days(first, last)
    cause = planning.get("held_up_by")
    evidence = _(
        "%(days)s working days in %(quarter)s%(blocker)s. The limit is %(limit)s working days, or three "
        "weeks.",
        days=days,
        quarter=Quarter.read(survey.data["quarter"]).words,
        blocker=_(" (main blocker: %(what)s)", what=cause) if cause else "",
        limit=PLANNING_DAYS,
    )
    long = days > PLANNING_DAYS
    if long and cause and cause != "data":
        evidence += f" {_('Over the limit, but data was not the cause.')}"
    return Answer(OPEN if long and not cause else told(long and cause == "data"), evidence, (survey,))


def _working_days(first: date, last: date) -> int:
    """Return the number of days from Monday to Friday between two dates, both included."""
    weeks, rest = divmod(max((last - first).days + 1, 0), 7)
    return weeks * _WEEK + sum((first.weekday() + at) % 7 < _WEEK for at in range(rest))
