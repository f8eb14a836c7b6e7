"""Answer from the data the signs that it is time to hire for product operations.

The answer is yes or no only if the data covers the whole sign. Otherwise it shows the available data and
leaves the decision to the reader.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from handbook.base.needs import Needs
from handbook.kinds.any.basis import Basis
from handbook.kinds.survey.quarters import FEATURE_NEEDS
from handbook.kinds.survey.sign_answer import Answer
from handbook.kinds.survey.signs_in_entries import (
    experiment_states,
    feedback_places,
    metrics_twice,
    request_answers,
    tool_owners,
)
from handbook.kinds.survey.signs_in_surveys import first_feature_time, operational_time, planning_time
from handbook.kinds.survey.time_audit import TIME_NEEDS

ANSWERS: Mapping[str, tuple[Callable[[Basis], Answer], Needs]] = MappingProxyType(
    {
        "operational-time": (operational_time, TIME_NEEDS),
        "first-feature-time": (first_feature_time, FEATURE_NEEDS),
        "planning-time": (
            planning_time,
            {"survey": ("quarter", "planning.first_day", "planning.published_on")},
        ),
        "feedback-places": (feedback_places, {"feedback_source": ("routed_to",)}),
        "metrics-twice": (metrics_twice, {"metric": ("status", "earlier_meanings")}),
        "request-answers": (
            request_answers,
            {"feedback_source": ("channel", "volume.month", "volume.notes", "volume.answered_in_time")},
        ),
        "experiment-states": (experiment_states, {"experiment": ("status", "owner")}),
        "tool-owners": (tool_owners, {"tool": ("status", "owner")}),
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
