"""All figures by name. A new figure needs a line here and, for pages, a view in `macros/figures/`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from handbook.figures.attention import attention, attention_of, due_next
from handbook.figures.career import career_ladders, career_rung
from handbook.figures.change_notes import latest_changes
from handbook.figures.experiment_plan import experiment_plan
from handbook.figures.experiment_reading import experiment_reading
from handbook.figures.faq import faq
from handbook.figures.feedback import feedback_flow
from handbook.figures.glossary import glossary
from handbook.figures.hiring_signs import hiring_signs, signs_of
from handbook.figures.impact import impact
from handbook.figures.integration_map import integration_map
from handbook.figures.learning_library import learning_library
from handbook.figures.metrics import metric_charts, metrics_without_chart, settled_words
from handbook.figures.onboarding import onboarding_stages, onboarding_tasks
from handbook.figures.ownership import ownership
from handbook.figures.pain_points import pain_score, ranked_pain_points
from handbook.figures.phases import phase_state, phases_in_order
from handbook.figures.process_calendar import appointments_of, calendar
from handbook.figures.process_rollout import process_rollout
from handbook.figures.process_time import process_time
from handbook.figures.queries import copied_query
from handbook.figures.research import (
    research_findings,
    research_groups,
    research_use,
    studied_questions,
    study_age,
)
from handbook.figures.themes import theme_ranking
from handbook.figures.time_audit import audit_of, time_audit
from handbook.figures.tool_audit import tool_audit
from handbook.figures.tool_contract import tool_contract
from handbook.figures.tool_cost import tool_cost
from handbook.figures.tool_picker import tool_picker

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
