"""The rules about changes, one module each. To add a rule, add a module and a line below."""

from __future__ import annotations

from handbook.base.rule import Rule
from handbook.diff.comparison import Comparison
from handbook.diff.rules import hb401_unversioned_break, hb402_lost_id, hb403_code

RULES: tuple[Rule[Comparison], ...] = (hb401_unversioned_break.RULE, hb402_lost_id.RULE)
"""Every rule about changes for readers, by code."""

CODE_RULE = hb403_code.RULE
"""The rule about files. Settings do not affect it, because the same change could set them."""
