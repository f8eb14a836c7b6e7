"""The rules about changes, one module each. To add a rule, add a module and a line below."""

# ruff: noqa: F401 - `rules_in` uses them

from __future__ import annotations

from handbook.base.rule import Rule, rules_in
from handbook.diff.comparison import Comparison
from handbook.diff.rules import hb401_unversioned_break, hb402_lost_id

RULES: tuple[Rule[Comparison], ...] = rules_in(globals())
"""The rules about changes for readers, by code."""
