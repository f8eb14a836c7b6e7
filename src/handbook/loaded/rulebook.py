"""All rules in one place, for the command line, reports and the site."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from handbook.base.rule import Rule
from handbook.base.words import nearest, shown
from handbook.check.hb213_broken_layer import broken_layer
from handbook.check.hb319_unused_suppression import unused_suppression
from handbook.check.hb360_outdated_baseline import outdated_baseline
from handbook.diff.hb403_code import changed_code
from handbook.diff.hb404_baseline import grown_baseline
from handbook.diff.rules import RULES as CHANGE_RULES
from handbook.lint.rules import RULES as DOCUMENT_RULES
from handbook.loaded.site_rules import SITE_RULES

_ALL: tuple[Rule[Any], ...] = (
    *SITE_RULES,
    unused_suppression,
    broken_layer,
    outdated_baseline,
    *CHANGE_RULES,
    changed_code,
    grown_baseline,
    *DOCUMENT_RULES,
)

RULEBOOK: Mapping[str, Rule[Any]] = MappingProxyType(
    {rule.code: rule for rule in sorted(_ALL, key=lambda rule: rule.code)}
)
"""The rules by code, in order."""

CHAPTERS: Mapping[str, str] = MappingProxyType(
    {
        "HB0": "YAML",
        "HB1": "Schema",
        "HB2": "References and locations",
        "HB3": "Content",
        "HB4": "Changes",
        "HB5": "Completed documents",
        "HB6": "Trust",
        "HB9": "Kind packs",
    }
)
"""The subject of the rules, by the start of their codes."""


FORMER_NAMES: Mapping[str, str] = MappingProxyType(
    {"useless-ignore": "unused-suppression", "foreign-picture": "external-image"}
)
"""The current names of renamed rules, by their former names. These are accepted until the next release."""


def find_rule(name: str) -> Rule[Any] | None:
    """Return the rule with a code, a name or a former name."""
    current = FORMER_NAMES.get(name.lower(), name.lower())
    by_name = (rule for rule in RULEBOOK.values() if rule.name == current)
    return RULEBOOK.get(name.upper()) or next(by_name, None)


def no_such_rule(code: str) -> str:
    """Return the message for an unknown code, with the nearest rule that starts alike."""
    starts = (code.upper()[:length] for length in range(len(code), len("HB"), -1))
    alike = (valid for start in starts for valid in RULEBOOK if valid.startswith(start))
    near = next(alike, None) or nearest(code, RULEBOOK)
    hint = f"Did you mean `{near}`?" if near else "Run `handbook rules` for a list."
    return f"Unknown rule {shown(code)}. {hint}"
