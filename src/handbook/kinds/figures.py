"""All figures by name. A module with new figures needs a line here; for pages, each also needs a view."""
# ruff: noqa: F401 - the modules register their figures

from __future__ import annotations

from types import MappingProxyType

from handbook.kinds import attention, coming, flag_end, home, week
from handbook.kinds.any import change_notes, figure, freshness, ownership
from handbook.kinds.experiment import calculator, effect, learning_library, plan, reading
from handbook.kinds.feedback import flow, themes
from handbook.kinds.flag import rollout as flag_stages
from handbook.kinds.metric import charts, readings
from handbook.kinds.onboarding import plans
from handbook.kinds.pain_point import score
from handbook.kinds.phase import order
from handbook.kinds.process import calendar, responsibilities, rollout, time, timeline
from handbook.kinds.query import copied
from handbook.kinds.question import faq
from handbook.kinds.role import career
from handbook.kinds.study import research
from handbook.kinds.survey import hiring_signs, impact, time_audit
from handbook.kinds.term import glossary
from handbook.kinds.tool import access_request, audit, contract, cost, integration_map, picker, purposes
from handbook.read.packs import packs

packs()  # Importing the kind packs registers their figures, too.
FIGURES = MappingProxyType(dict(sorted(figure.FIGURES.items())))
