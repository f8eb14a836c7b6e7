"""Answer signs from other entries: whether feedback, metrics, experiments and tools are in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from handbook.base.language import _, ngettext
from handbook.base.sentences import listed
from handbook.kinds.any.basis import Basis
from handbook.kinds.feedback.flow import feedback_flow
from handbook.kinds.survey.sign_answer import NO, OPEN, YES, Answer, told
from handbook.kinds.tool.states import is_in_use
from handbook.link.catalogue import Entry
from handbook.read.values import owner_ids, review_due, state_of

OWNERLESS_TOOLS = 5
LONG_OVERDUE = 90
"""The days after a review was due from which no one looks after a tool, whatever its entry says."""


def _is_confirmed(entries: Iterable[Entry]) -> bool:
    """Return whether someone has read entries. No one has read those of a new handbook yet."""
    return not any("last" not in entry.data["review"] for entry in entries if "review" in entry.data)


def feedback_places(basis: Basis) -> Answer:
    """Return whether feedback ends up in several places."""
    flow = feedback_flow(basis)
    if flow is None or not flow.channels:
        return Answer(OPEN, _("No feedback sources yet."))
    if flow.target is None:
        return Answer(OPEN, _("No source is routed to a tool yet."))
    misrouted = tuple(channel.source for channel in flow.elsewhere)
    if misrouted:
        return Answer(
            YES,
            _(
                "%(number)s of %(total)s sources are not routed to the central tool.",
                number=len(misrouted),
                total=len(flow.channels),
            ),
            misrouted,
        )
    if not _is_confirmed(channel.source for channel in flow.channels):
        return Answer(OPEN, _("No one has confirmed yet where each source is routed to."), (flow.target,))
    return Answer(
        NO,
        ngettext(
            "The only source is routed to one tool.",
            "All %(num)s sources are routed to one tool.",
            len(flow.channels),
        ),
        (flow.target,),
    )


def metrics_twice(basis: Basis) -> Answer:
    """Return whether a metric is defined more than once."""
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
    if not any(state_of(metric.data) == "agreed" for metric in metrics):
        return Answer(OPEN, _("No metric is agreed yet."))
    settled = tuple(metric for metric in metrics if "earlier_meanings" in metric.data)
    sentences = [
        ngettext(
            "The only metric is defined once.", "None of the %(num)s metrics is defined twice.", len(metrics)
        )
    ]
    if settled:
        sentences.append(_("Previous differences between $squads are settled."))
    return Answer(NO, " ".join(sentences), settled)


def request_answers(basis: Basis) -> Answer:
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


def experiment_states(basis: Basis) -> Answer:
    """Return whether the status of an experiment is unclear."""
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
        ngettext(
            "The only experiment has an owner, a status and matching dates.",
            "All %(num)s experiments have an owner, a status and matching dates.",
            len(experiments),
        ),
    )


def _is_clear(experiment: Mapping[str, Any], today: date) -> bool:
    """Return whether it has an owner, and its planned dates match its status."""
    due = {"planned": "starts_on", "running": "planned_end"}.get(state_of(experiment))
    is_on_time = due is None or experiment.get(due, "") >= today.isoformat()
    return is_on_time and "status" in experiment and bool(owner_ids(experiment))


def tool_owners(basis: Basis) -> Answer:
    """Return whether too many tools have no clear owner: none, or one who has long not reviewed the tool."""
    used = [tool for tool in basis.entries("tool") if is_in_use(tool.data)]
    if not used:
        return Answer(OPEN, _("No tools in use.") if basis.entries("tool") else _("No tools yet."))
    ownerless = tuple(tool for tool in used if not _is_looked_after(tool.data, basis.today))
    if not ownerless and not _is_confirmed(used):
        return Answer(OPEN, _("No one has confirmed the owners of the tools yet."))
    if not ownerless:
        evidence = ngettext(
            "The only tool in use has an owner.", "All %(num)s tools in use have an owner.", len(used)
        )
        return Answer(NO, evidence)
    evidence = _(
        "%(number)s of %(total)s tools in use have no owner, or one whose review is more than %(days)s days "
        "overdue; the limit is %(limit)s.",
        number=len(ownerless),
        total=len(used),
        days=LONG_OVERDUE,
        limit=OWNERLESS_TOOLS,
    )
    return Answer(told(len(ownerless) >= OWNERLESS_TOOLS), evidence, ownerless)


def _is_looked_after(tool: Mapping[str, Any], today: date) -> bool:
    due = review_due(tool)
    return bool(owner_ids(tool)) and (due is None or (today - due).days <= LONG_OVERDUE)
