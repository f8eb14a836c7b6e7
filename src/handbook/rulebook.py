"""Every rule there is, in one place: for the command line, for reports and for the site."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from handbook.check.rule import Rule
from handbook.check.rules import RULES, hb319_useless_ignore
from handbook.check.words import nearest, shown
from handbook.compare.rules import CODE_RULE
from handbook.compare.rules import RULES as CHANGE_RULES
from handbook.lint.rules import RULES as DOCUMENT_RULES

_ALL: tuple[Rule[Any], ...] = (*RULES, hb319_useless_ignore.RULE, *CHANGE_RULES, CODE_RULE, *DOCUMENT_RULES)

RULEBOOK: Mapping[str, Rule[Any]] = MappingProxyType(
    {rule.code: rule for rule in sorted(_ALL, key=lambda rule: rule.code)}
)
"""The rules by code, in order."""

CHAPTERS: Mapping[str, str] = MappingProxyType(
    {
        "HB0": "YAML",
        "HB1": "Schema",
        "HB2": "References and places",
        "HB3": "Content",
        "HB4": "Change",
        "HB5": "Filled-in documents",
        "HB6": "Trust",
    }
)
"""What the rules are about, by the beginning of their codes."""


def no_such_rule(code: str) -> str:
    """What there is to say of a code that no rule has: the nearest is one that begins alike."""
    starts = (code.upper()[:length] for length in range(len(code), len("HB"), -1))
    alike = (known for start in starts for known in RULEBOOK if known.startswith(start))
    near = next(alike, None) or nearest(code, RULEBOOK)
    hint = f"did you mean `{near}`?" if near else "`handbook rules` lists them"
    return f"there is no rule {shown(code)}; {hint}"
