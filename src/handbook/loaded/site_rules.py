"""The rules about the sources and pages of a site."""

from __future__ import annotations

from handbook.base.rule import Rule
from handbook.check.rules import RULES
from handbook.check.schema_rules import RULES as SCHEMA_RULES
from handbook.check.yaml_rules import RULES as YAML_RULES
from handbook.kinds.rules import RULES as KIND_RULES
from handbook.read.context import Context

SITE_RULES: tuple[Rule[Context], ...] = (*YAML_RULES, *SCHEMA_RULES, *RULES, *KIND_RULES)
"""Every rule that `validate` applies to a site."""
