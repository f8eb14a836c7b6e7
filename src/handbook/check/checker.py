"""Runs every rule over a site."""

from __future__ import annotations

from handbook.check.context import Context
from handbook.check.rules import RULES, hb109_schema
from handbook.findings import Finding


def find_all(context: Context) -> list[Finding]:
    """Every finding of every rule, in the order of the files.

    When a schema is wrong, only that is said: what it would find in the sources cannot be trusted.
    """
    if context.schema_problems:
        return sorted(set(hb109_schema.RULE.apply(context)), key=Finding.sort_key)
    return sorted({f for rule in RULES for f in rule.apply(context)}, key=Finding.sort_key)
