"""The rules about built-in kinds, one module each. A new rule is a module of its kind and a line below."""

from __future__ import annotations

from handbook.base.rule import Rule
from handbook.kinds.experiment import (
    hb308_experiment_overrun,
    hb309_decided_without_results,
    hb321_variant_shares,
    hb322_impossible_result,
)
from handbook.kinds.feedback import hb326_impossible_evidence
from handbook.kinds.flag import hb310_flag_expired
from handbook.kinds.process import hb306_change_management, hb307_too_many_steps
from handbook.kinds.query import hb325_query_parameter
from handbook.kinds.tool import hb301_no_owner, hb302_no_access, hb303_too_many_active, hb304_notice_due
from handbook.read.context import Context

RULES: tuple[Rule[Context], ...] = (
    hb301_no_owner.RULE,
    hb302_no_access.RULE,
    hb303_too_many_active.RULE,
    hb304_notice_due.RULE,
    hb306_change_management.RULE,
    hb307_too_many_steps.RULE,
    hb308_experiment_overrun.RULE,
    hb309_decided_without_results.RULE,
    hb310_flag_expired.RULE,
    hb321_variant_shares.RULE,
    hb322_impossible_result.RULE,
    hb325_query_parameter.RULE,
    hb326_impossible_evidence.RULE,
)
