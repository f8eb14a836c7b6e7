"""Runs every rule over a site."""

from __future__ import annotations

from handbook.check.context import Context
from handbook.check.rules import RULES
from handbook.findings import Finding


def find_all(context: Context) -> list[Finding]:
    """Every finding of every rule, in the order of the files."""
    return sorted({f for rule in RULES for f in rule.apply(context)}, key=Finding.sort_key)
