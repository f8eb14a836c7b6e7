"""All figures by name. A new figure needs a line here and, for pages, a view in `macros/figures/`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from handbook.kinds.any.attention import attention, attention_of, due_next
from handbook.kinds.any.change_notes import latest_changes
from handbook.kinds.any.ownership import ownership
from handbook.kinds.experiment.learning_library import learning_library
from handbook.kinds.experiment.plan import experiment_plan
from handbook.kinds.experiment.reading import experiment_reading
from handbook.kinds.feedback.flow import feedback_flow
from handbook.kinds.feedback.themes import theme_ranking
from handbook.kinds.metric.charts import metric_charts, metrics_without_chart, settled_words
from handbook.kinds.onboarding.plans import onboarding_stages, onboarding_tasks
from handbook.kinds.pain_point.score import pain_score, ranked_pain_points
from handbook.kinds.phase.order import phase_state, phases_in_order
from handbook.kinds.process.calendar import appointments_of, calendar
from handbook.kinds.process.rollout import process_rollout
from handbook.kinds.process.time import process_time
from handbook.kinds.query.copied import copied_query
from handbook.kinds.question.faq import faq
from handbook.kinds.role.career import career_ladders, career_rung
from handbook.kinds.study.research import (
    research_findings,
    research_groups,
    research_use,
    studied_questions,
    study_age,
)
from handbook.kinds.survey.hiring_signs import hiring_signs, signs_of
from handbook.kinds.survey.impact import impact
from handbook.kinds.survey.time_audit import audit_of, time_audit
from handbook.kinds.term.glossary import glossary
from handbook.kinds.tool.audit import tool_audit
from handbook.kinds.tool.contract import tool_contract
from handbook.kinds.tool.cost import tool_cost
from handbook.kinds.tool.integration_map import integration_map
from handbook.kinds.tool.picker import tool_picker

Figure = Callable[..., object]
"""A function of a `Basis` and further arguments that returns a frozen dataclass, or `None` without data."""

_FUNCTIONS: tuple[Figure, ...] = (
    appointments_of,
    attention,
    attention_of,
    audit_of,
    calendar,
    career_ladders,
    career_rung,
    copied_query,
    due_next,
    faq,
    experiment_plan,
    experiment_reading,
    learning_library,
    feedback_flow,
    glossary,
    hiring_signs,
    impact,
    integration_map,
    latest_changes,
    metric_charts,
    metrics_without_chart,
    onboarding_stages,
    onboarding_tasks,
    ownership,
    pain_score,
    phase_state,
    phases_in_order,
    process_rollout,
    process_time,
    ranked_pain_points,
    research_findings,
    research_groups,
    research_use,
    settled_words,
    signs_of,
    studied_questions,
    study_age,
    theme_ranking,
    time_audit,
    tool_audit,
    tool_contract,
    tool_cost,
    tool_picker,
)

FIGURES: Mapping[str, Figure] = MappingProxyType({function.__name__: function for function in _FUNCTIONS})
