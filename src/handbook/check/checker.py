"""Runs every rule over a site."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from handbook.check.context import Context
from handbook.check.ignores import ignores
from handbook.check.rules import RULES, hb109_schema, hb319_useless_ignore
from handbook.findings import Finding, Severity

_FIRST_OF_CONTENT = "HB3"
"""Rules from here on are matters of judgement: they can be set and silenced, and those before cannot."""


def find_all(context: Context) -> list[Finding]:
    """Every finding of every rule, in the order of the files.

    When a schema is wrong, only that is said: what it would find in the sources cannot be trusted.
    """
    if context.schema_problems:
        return sorted(set(hb109_schema.RULE.apply(context)), key=Finding.sort_key)
    found = {finding for rule in RULES for finding in rule.apply(context)}
    return sorted(_as_set(_without_ignored(found, context), context), key=Finding.sort_key)


def _without_ignored(found: set[Finding], context: Context) -> set[Finding]:
    """The findings that no comment silences, and those about comments that silence nothing."""
    codes = {rule.code for rule in RULES if rule.code >= _FIRST_OF_CONTENT}
    of_rule: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in found:
        of_rule[finding.path, finding.code].append(finding)
    silenced: set[Finding] = set()
    useless = []
    for ignore in ignores(context):
        can_be = ignore.code in codes
        lines = range(ignore.span.line, ignore.last_line + 1)
        spoken_of = [each for each in of_rule[ignore.path, ignore.code] if can_be and each.span.line in lines]
        silenced.update(spoken_of)
        if not spoken_of and context.settings.severities.get(ignore.code) != "off":
            useless.append((ignore, can_be))
    return (found - silenced) | set(hb319_useless_ignore.RULE.apply(useless))


def _as_set(found: set[Finding], context: Context) -> set[Finding]:
    """The findings with the severities of the settings."""
    severities = context.settings.severities
    if not severities:
        return found
    return {
        replace(finding, severity=Severity(severities.get(finding.code, finding.severity)))
        for finding in found
        if severities.get(finding.code) != "off"
    }
