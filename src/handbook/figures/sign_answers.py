"""What the data says about each sign that product operations needs somebody.

It says yes or no only where it knows all that the sign asks about; otherwise it shows what it knows and
leaves the tick to the reader.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from handbook.figures.basis import Basis
from handbook.figures.feedback import feedback_flow
from handbook.figures.impact import FIRST_FEATURE_DAYS
from handbook.figures.quarters import Quarter
from handbook.figures.surveys import first_features, latest, median_days, surveys
from handbook.figures.time_audit import LIMIT, time_audit
from handbook.figures.words import listed, rounded
from handbook.link.catalogue import Entry

OWNERLESS_TOOLS = 5
PLANNING_DAYS = 15
"""Working days: three weeks."""

YES, NO, OPEN = "yes", "no", "open"
_WEEK = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What the data says about a sign.

    Attributes:
        state: `yes` when the sign is there, `no` when not, `open` when the data cannot say.
        evidence: What that is concluded from, as a sentence.
        entries: The entries it is about.
    """

    state: str
    evidence: str
    entries: tuple[Entry, ...] = ()


def _operational_time(basis: Basis) -> Answer:
    audit = time_audit(basis).last
    if audit is None:
        return Answer(OPEN, "No time audit is on record.")
    evidence = (
        f"The median was {audit.share} in {audit.quarter}, over {audit.diaries} diaries of "
        f"{audit.asked} product managers; the limit is {LIMIT}%."
    )
    return Answer(_told(audit.over) if audit.enough else OPEN, evidence, (audit.survey,))


def _feedback_places(basis: Basis) -> Answer:
    flow = feedback_flow(basis)
    if flow is None or not flow.channels:
        return Answer(OPEN, "No source of feedback is described.")
    astray = tuple(channel.source for channel in flow.elsewhere)
    if flow.target is None or astray:
        return Answer(YES, f"{_of(len(astray), flow.channels)} sources end up elsewhere or nowhere.", astray)
    return Answer(NO, f"All {len(flow.channels)} sources end up in one tool.", (flow.target,))


def _metrics_twice(basis: Basis) -> Answer:
    metrics = [
        each for each in basis.catalogue.entries("metric").values() if each.data["status"] != "replaced"
    ]
    if not metrics:
        return Answer(OPEN, "No metric is defined.")
    called: dict[str, dict[str, Entry]] = defaultdict(dict)
    for metric in metrics:
        for word in (metric.name, *metric.data.get("aliases", ())):
            called[word.casefold()][metric.id] = metric
    twice = {word: found for word, found in called.items() if len(found) > 1}
    if twice:
        double = {key: metric for found in twice.values() for key, metric in found.items()}
        return Answer(YES, f"Defined more than once: {listed(sorted(twice))}.", tuple(double.values()))
    unsettled = tuple(
        metric
        for metric in metrics
        if "earlier_meanings" in metric.data
        and (metric.data["status"] != "agreed" or metric.data.get("valid_from", "") > basis.today.isoformat())
    )
    if unsettled:
        return Answer(YES, "Squads count differently, and nothing is in force yet.", unsettled)
    settled = tuple(metric for metric in metrics if "earlier_meanings" in metric.data)
    said = f"None of {len(metrics)} metrics is defined twice."
    return Answer(
        NO, said + (" What squads used to count differently is settled." if settled else ""), settled
    )


def _first_feature_time(basis: Basis) -> Answer:
    found = surveys(basis)
    features = first_features(found, Quarter.of(basis.today))
    days = median_days(features)
    if days is None:
        return Answer(OPEN, "No first feature is on record.")
    causes = [cause for _, cause in features]
    about = (
        f"{rounded(days)} days in the middle; four weeks are {FIRST_FEATURE_DAYS}. The last who started took "
        f"{listed([f'{each} days ({_held_up(cause)})' for each, cause in features])}."
    )
    known = latest(found, "first_features")
    entries = (known[0],) if known else ()
    if days <= FIRST_FEATURE_DAYS:
        return Answer(NO, about, entries)
    if "descriptions" in causes:
        return Answer(YES, about, entries)
    return Answer(OPEN if "not said" in causes else NO, about, entries)


def _held_up(cause: str) -> str:
    return cause if cause == "not said" else f"held up by {cause}"


def _planning_time(basis: Basis) -> Answer:
    known = latest(surveys(basis), "planning")
    if known is None:
        return Answer(OPEN, "No planning is on record.")
    survey, planning = known
    first, last = (date.fromisoformat(planning[name]) for name in ("first_day", "published_on"))
    days = _working_days(first, last)
    cause = planning.get("held_up_by")
    evidence = (
        f"{days} working days in {Quarter.read(survey.data['quarter']).words}"
        f"{f', held up by {cause}' if cause else ''}; three weeks are {PLANNING_DAYS}."
    )
    long = days > PLANNING_DAYS
    return Answer(OPEN if long and not cause else _told(long and cause == "data"), evidence, (survey,))


def _request_answers(basis: Basis) -> Answer:
    """How many were answered in time: whether requests vanish, only those know who passed them on."""
    flow = feedback_flow(basis)
    wanted = [
        channel
        for channel in (flow.channels if flow else ())
        if channel.source.data["channel"] in ("sales", "support") and channel.in_time is not None
    ]
    if flow is None or not wanted:
        return Answer(OPEN, "Nobody has counted how many requests are answered.")
    shares = listed([f"{channel.source.name} {channel.in_time}%" for channel in wanted])
    return Answer(
        OPEN, f"Answered in time in {flow.month}: {shares}.", tuple(channel.source for channel in wanted)
    )


def _experiment_states(basis: Basis) -> Answer:
    experiments = basis.catalogue.entries("experiment").values()
    if not experiments:
        return Answer(OPEN, "No experiment is recorded.")
    unclear = tuple(each for each in experiments if not _is_clear(each.data, basis.today))
    if unclear:
        return Answer(
            YES, f"The state of {_of(len(unclear), experiments)} experiments cannot be told.", unclear
        )
    return Answer(
        NO, f"All {len(experiments)} experiments have an owner, a state and the days that go with it."
    )


def _is_clear(experiment: Mapping[str, Any], today: date) -> bool:
    """Whether it has an owner, and the days of its plan agree with its status."""
    due = {"planned": "starts_on", "running": "planned_end"}.get(experiment["status"])
    return "owner" in experiment and (due is None or experiment[due] >= today.isoformat())


def _tool_owners(basis: Basis) -> Answer:
    used = [
        tool
        for tool in basis.catalogue.entries("tool").values()
        if tool.data["status"] in ("active", "trial", "sunset")
    ]
    if not used:
        return Answer(OPEN, "No tool is in the inventory.")
    ownerless = tuple(tool for tool in used if "owner" not in tool.data)
    evidence = f"{_of(len(ownerless), used)} tools in use have no owner; the limit is {OWNERLESS_TOOLS}."
    return Answer(_told(len(ownerless) >= OWNERLESS_TOOLS), evidence, ownerless)


ANSWERS: Mapping[str, Callable[[Basis], Answer]] = MappingProxyType(
    {
        "operational-time": _operational_time,
        "first-feature-time": _first_feature_time,
        "planning-time": _planning_time,
        "feedback-places": _feedback_places,
        "metrics-twice": _metrics_twice,
        "request-answers": _request_answers,
        "experiment-states": _experiment_states,
        "tool-owners": _tool_owners,
    }
)
"""By what the schema of checklists allows in `answered_from`."""


def _told(holds: bool) -> str:  # noqa: FBT001 - what is told
    return YES if holds else NO


def _of(number: int, everything: Collection[object]) -> str:
    return f"{number} of {len(everything)}"


def _working_days(first: date, last: date) -> int:
    """The days from Monday to Friday between two days, both included."""
    days = (last - first).days + 1
    return sum((first + timedelta(days=at)).isoweekday() <= _WEEK for at in range(max(days, 0)))
