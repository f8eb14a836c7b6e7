"""Runs every rule over a site."""

from __future__ import annotations

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
    on_line = {(finding.path, finding.span.line, finding.code) for finding in found}
    silenced = set()
    useless = []
    for ignore in ignores(context):
        place = (ignore.path, ignore.span.line, ignore.code)
        if ignore.code in codes and place in on_line:
            silenced.add(place)
        elif context.settings.severities.get(ignore.code) != "off":
            useless.append((ignore, ignore.code in codes))
    kept = {finding for finding in found if (finding.path, finding.span.line, finding.code) not in silenced}
    return kept | set(hb319_useless_ignore.RULE.apply(useless))


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
