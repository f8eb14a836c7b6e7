"""Every rule there is, in one place: for the command line, for reports and for the site."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from handbook.check.rule import Rule
from handbook.check.rules import RULES, hb319_useless_ignore

_ALL: tuple[Rule[Any], ...] = (*RULES, hb319_useless_ignore.RULE)

RULEBOOK: Mapping[str, Rule[Any]] = MappingProxyType({rule.code: rule for rule in _ALL})
"""The rules by code, in order."""

CHAPTERS: Mapping[str, str] = MappingProxyType(
    {
        "HB0": "YAML",
        "HB1": "Schema",
        "HB2": "References and places",
        "HB3": "Content",
    }
)
"""What the rules are about, by the beginning of their codes."""
