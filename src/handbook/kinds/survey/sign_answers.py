"""Answer from the data the signs that it is time to hire for product operations.

The answer is yes or no only if the data covers the whole sign. Otherwise it shows the available data and
leaves the decision to the reader.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from handbook.base.language import _
from handbook.base.needs import Needs
from handbook.base.numbers import format_number
from handbook.base.quarters import Quarter
from handbook.base.sentences import listed
from handbook.kinds.any.basis import Basis
from handbook.kinds.feedback.flow import feedback_flow
from handbook.kinds.survey.impact import FIRST_FEATURE_DAYS
from handbook.kinds.survey.quarters import (
    FEATURE_NEEDS,
    NO_BLOCKER,
    first_features,
    latest,
    median_days,
    surveys,
)
from handbook.kinds.survey.time_audit import LIMIT, TIME_NEEDS, time_audit
from handbook.kinds.tool.states import is_in_use
from handbook.link.catalogue import Entry
from handbook.read.values import owner_ids, state_of

OWNERLESS_TOOLS = 5
PLANNING_DAYS = 15
"""The limit for quarterly planning in working days: three weeks."""

YES, NO, OPEN = "yes", "no", "open"
_WEEK = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer from the data to a sign.

    Attributes:
        state: `yes` if the sign is present, `no` if it is not, `open` if the data cannot answer.
        evidence: The evidence, as a sentence.
        entries: The related entries.
    """

    state: str
    evidence: str
    entries: tuple[Entry, ...] = ()


def _operational_time(basis: Basis) -> Answer:
    audit = time_audit(basis).last
    if audit is None:
        return Answer(OPEN, _("No time audits yet."))
    evidence = _(
        "The median was %(share)s in %(quarter)s, from the diaries of %(diaries)s of %(asked)s product "
        "managers. The limit is %(limit)s%%.",
        share=audit.share,
        quarter=audit.quarter,
        diaries=audit.diaries,
        asked=audit.asked,
        limit=LIMIT,
    )
    return Answer(_told(audit.over) if audit.enough else OPEN, evidence, (audit.survey,))


def _feedback_places(basis: Basis) -> Answer:
    flow = feedback_flow(basis)
    if flow is None or not flow.channels:
        return Answer(OPEN, _("No feedback sources yet."))
    misrouted = tuple(channel.source for channel in flow.elsewhere)
    if flow.target is None or misrouted:
        return Answer(
            YES,
            _(
                "%(number)s of %(total)s sources are not routed to the central tool.",
                number=len(misrouted),
                total=len(flow.channels),
            ),
            misrouted,
        )
    return Answer(
        NO, _("All %(number)s sources are routed to one tool.", number=len(flow.channels)), (flow.target,)
    )


def _metrics_twice(basis: Basis) -> Answer:
    metrics = [each for each in basis.entries("metric") if state_of(each.data) != "replaced"]
    if not metrics:
        return Answer(OPEN, _("No metrics yet."))
    called: dict[str, dict[str, Entry]] = defaultdict(dict)
    for metric in metrics:
        for word in (metric.name, *metric.data.get("aliases", ())):
            called[word.casefold()][metric.id] = metric
    duplicates = {word: found for word, found in called.items() if len(found) > 1}
    if duplicates:
        double = {key: metric for found in duplicates.values() for key, metric in found.items()}
        return Answer(
            YES,
            _("Defined more than once: %(names)s.", names=listed(sorted(duplicates))),
            tuple(double.values()),
        )
    unsettled = tuple(
        metric
        for metric in metrics
        if "earlier_meanings" in metric.data
        and (state_of(metric.data) != "agreed" or metric.data.get("valid_from", "") > basis.today.isoformat())
    )
    if unsettled:
        return Answer(
            YES, _("$Squads use different definitions, and no agreed definition applies yet."), unsettled
        )
    settled = tuple(metric for metric in metrics if "earlier_meanings" in metric.data)
    sentences = [_("None of the %(number)s metrics is defined twice.", number=len(metrics))]
    if settled:
        sentences.append(_("Previous differences between $squads are settled."))
    return Answer(NO, " ".join(sentences), settled)


def _first_feature_time(basis: Basis) -> Answer:
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


def _planning_time(basis: Basis) -> Answer:
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
    return Answer(OPEN if long and not cause else _told(long and cause == "data"), evidence, (survey,))


def _request_answers(basis: Basis) -> Answer:
    """Show the share answered on time. Only the people who forward requests know about lost ones."""
    flow = feedback_flow(basis)
    wanted = [
        channel
        for channel in (flow.channels if flow else ())
        if state_of(channel.source.data, ("channel",)) in ("sales", "support") and channel.in_time is not None
    ]
    if flow is None or not wanted:
        return Answer(OPEN, _("No data on how many requests are answered."))
    shares = listed([f"{channel.source.name} {channel.answered_on_time}" for channel in wanted])
    return Answer(
        OPEN,
        _("Answered on time in %(month)s: %(shares)s.", month=flow.month, shares=shares),
        tuple(channel.source for channel in wanted),
    )


def _experiment_states(basis: Basis) -> Answer:
    experiments = basis.entries("experiment")
    if not experiments:
        return Answer(OPEN, _("No experiments yet."))
    unclear = tuple(each for each in experiments if not _is_clear(each.data, basis.today))
    if unclear:
        evidence = _(
            "%(number)s of %(total)s experiments have an unclear status.",
            number=len(unclear),
            total=len(experiments),
        )
        return Answer(YES, evidence, unclear)
    return Answer(
        NO,
        _(
            "All %(number)s experiments have an owner, a status and matching dates.",
            number=len(experiments),
        ),
    )


def _is_clear(experiment: Mapping[str, Any], today: date) -> bool:
    """Return whether it has an owner, and its planned dates match its status."""
    due = {"planned": "starts_on", "running": "planned_end"}.get(state_of(experiment))
    is_on_time = due is None or experiment.get(due, "") >= today.isoformat()
    return is_on_time and "status" in experiment and bool(owner_ids(experiment))


def _tool_owners(basis: Basis) -> Answer:
    used = [tool for tool in basis.entries("tool") if is_in_use(tool.data)]
    if not used:
        return Answer(OPEN, _("No tools in use.") if basis.entries("tool") else _("No tools yet."))
    ownerless = tuple(tool for tool in used if not owner_ids(tool.data))
    if not ownerless:
        return Answer(NO, _("All %(number)s tools in use have an owner.", number=len(used)))
    evidence = _(
        "%(number)s of %(total)s tools in use have no owner; the limit is %(limit)s.",
        number=len(ownerless),
        total=len(used),
        limit=OWNERLESS_TOOLS,
    )
    return Answer(_told(len(ownerless) >= OWNERLESS_TOOLS), evidence, ownerless)


ANSWERS: Mapping[str, tuple[Callable[[Basis], Answer], Needs]] = MappingProxyType(
    {
        "operational-time": (_operational_time, TIME_NEEDS),
        "first-feature-time": (_first_feature_time, FEATURE_NEEDS),
        "planning-time": (
            _planning_time,
            {"survey": ("quarter", "planning.first_day", "planning.published_on")},
        ),
        "feedback-places": (_feedback_places, {"feedback_source": ("routed_to",)}),
        "metrics-twice": (_metrics_twice, {"metric": ("status", "earlier_meanings")}),
        "request-answers": (
            _request_answers,
            {"feedback_source": ("channel", "volume.month", "volume.notes", "volume.answered_in_time")},
        ),
        "experiment-states": (_experiment_states, {"experiment": ("status", "owner")}),
        "tool-owners": (_tool_owners, {"tool": ("status", "owner")}),
    }
)
"""The answers by the values that the schema of checklists allows in `answered_from`, with their needs."""


def answer(basis: Basis, name: str) -> Answer | None:
    """Return the answer from the data to a sign; `None` if the site doesn't have such data.

    Args:
        basis: The data that figures are calculated from.
        name: One of `ANSWERS`.
    """
    function, needs = ANSWERS.get(name, (None, {}))
    return function(basis) if function and basis.meets(needs) else None


def _told(holds: bool) -> str:  # noqa: FBT001 - the only argument
    return YES if holds else NO


def _working_days(first: date, last: date) -> int:
    """Return the number of days from Monday to Friday between two dates, both included."""
    days = (last - first).days + 1
    return sum((first + timedelta(days=at)).isoweekday() <= _WEEK for at in range(max(days, 0)))
