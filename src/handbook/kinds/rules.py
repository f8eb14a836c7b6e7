"""The rules about built-in kinds, one module each. To add a rule, add a module and a line below."""

# ruff: noqa: F401 - `rules_in` uses them

from __future__ import annotations

from handbook.base.rule import Rule, rules_in
from handbook.kinds import hb215_figure_off, hb218_view_figure, hb377_thousands_point
from handbook.kinds.any import hb345_ended_in_use, hb346_replacement, hb375_future_day
from handbook.kinds.experiment import (
    hb308_experiment_overrun,
    hb309_decided_without_results,
    hb321_variant_shares,
    hb322_impossible_result,
    hb350_running_without_flag,
    hb376_early_decision,
)
from handbook.kinds.feedback import hb326_impossible_evidence
from handbook.kinds.flag import hb310_flag_expired, hb374_rollout_stage
from handbook.kinds.metric import hb349_no_source, hb371_stale_readings, hb372_impossible_reading
from handbook.kinds.process import (
    hb306_change_management,
    hb307_too_many_steps,
    hb334_unclear_dates,
    hb335_date_mismatch,
    hb348_summary_duration,
)
from handbook.kinds.query import hb325_query_parameter
from handbook.kinds.tool import (
    hb301_no_owner,
    hb302_no_access,
    hb303_too_many_active,
    hb304_notice_due,
    hb347_leftovers,
    hb373_new_count,
)
from handbook.read.context import Context

RULES: tuple[Rule[Context], ...] = rules_in(globals())
"""The rules, by code."""
