"""The rules about changes, one module each. A new rule is a module here and a line below."""

from __future__ import annotations

from handbook.check.rule import Rule
from handbook.compare.comparison import Comparison
from handbook.compare.rules import hb401_unversioned_break, hb402_lost_id

RULES: tuple[Rule[Comparison], ...] = (hb401_unversioned_break.RULE, hb402_lost_id.RULE)
"""Every rule about what has changed, by code."""
