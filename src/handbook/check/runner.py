"""Run all rules on a site."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from handbook.base.findings import MOST_OF_A_FILE, Finding, Severity
from handbook.base.named_tuples import NamedTuple
from handbook.base.needs import unmet
from handbook.base.rule import Rule
from handbook.check.baseline import Sifted, sift
from handbook.check.hb213_broken_layer import BrokenLayers, broken_layer
from handbook.check.hb319_unused_suppression import unused_suppression
from handbook.check.hb360_outdated_baseline import outdated_baseline
from handbook.check.ignores import ignores
from handbook.check.rules.hb211_layer import invalid_layer
from handbook.check.schema_rules import invalid_schema
from handbook.check.sound_files import keep_sound_files
from handbook.read.context import Context
from handbook.read.settings import SETTINGS_FILE

_YAML = "HB0"
_UNFINISHED_MERGE = "HB340"
_CONTENT = ("HB3", "HB9")
"""Content rules are a matter of judgement: you can set their severity and suppress them. Others you can't."""


class Checked(NamedTuple):
    """The findings of a site.

    Attributes:
        findings: Those to report, in file order.
        known: The number of those that the baseline lists.
    """

    findings: list[Finding]
    known: int = 0


def find_all(context: Context, rules: Sequence[Rule[Context]]) -> list[Finding]:
    """Return the findings of some rules, as `check` does."""
    return check(context, rules).findings


def check(context: Context, rules: Sequence[Rule[Context]], *, with_known: bool = False) -> Checked:
    """Return the findings of some rules that the baseline doesn't list.

    If the layers are unknown or a schema is invalid, only that is reported, because other findings would be
    unreliable.

    Args:
        context: Everything that was read.
        rules: The rules.
        with_known: Whether to report what the baseline lists, too, and ignore it.
    """
    if context.layers.is_unclear:
        found = _found_by(context, rules, _YAML) | _found_by(context, rules, _UNFINISHED_MERGE)
        return Checked(_first_of_each_file(_of_site(_without_merged(found), context)))
    if context.layers.problems:
        return Checked(list(invalid_layer.apply(context)))
    if context.schema_problems:
        found = set(invalid_schema.apply(context)) | _found_by(context, rules, _UNFINISHED_MERGE)
        return Checked(_first_of_each_file(_of_site(_without_merged(found), context)))
    off = rules_off(context, rules)
    applied = [rule for rule in rules if rule.code not in off]
    rest = context.without_sound_files() if context.sound_files else context
    local = {finding for rule in applied if rule.is_local for finding in rule.apply(rest)}
    keep_sound_files(context, rules, local)
    found = local | {finding for rule in applied if not rule.is_local for finding in rule.apply(context)}
    codes = {rule.code for rule in rules if rule.code.startswith(_CONTENT)}
    found = _without_consequences(_without_ignored(found, codes, off, context), rules)
    in_order = sorted(_of_site(_as_set(found, context), context), key=Finding.sort_key)
    sifted = Sifted(in_order, 0, ()) if with_known else sift(context.site, in_order)
    outdated = _as_set(set(outdated_baseline.apply(sifted.outdated)), context)
    return Checked(_first_of_each_file([*sifted.new, *outdated]), sifted.known)


def rules_off(context: Context, rules: Collection[Rule[Any]]) -> Mapping[str, str]:
    """Return the rules that are off in a site by code, as in ``off: no field `tool.owner` ``.

    If a schema is invalid, there are none: its content is unknown.
    """
    if context.schema_problems:
        return {}
    missing = ((rule.code, unmet(rule.needs, context.kinds)) for rule in rules)
    severities = context.settings.severities
    set_off = {code: f"off: set in `{SETTINGS_FILE}`" for code in severities if severities[code] == "off"}
    not_set = {
        rule.code: f"off until set in `{SETTINGS_FILE}`"
        for rule in rules
        if rule.is_optional and rule.code not in severities
    }
    return {code: f"off: {reason}" for code, reason in missing if reason} | set_off | not_set


def hides_entries(code: str) -> bool:
    """Return whether a finding of a rule means that entries can be missing from what was read."""
    return code == _UNFINISHED_MERGE or not code.startswith(_CONTENT)


def _found_by(context: Context, rules: Iterable[Rule[Context]], start: str) -> set[Finding]:
    return {finding for rule in rules if rule.code.startswith(start) for finding in rule.apply(context)}


def _of_site(found: set[Finding], context: Context) -> set[Finding]:
    """Return the findings in the files of the site itself, and one for each layer with errors."""
    if not context.site.layers:
        return found
    own: set[Finding] = set()
    errors: dict[str, list[Finding]] = defaultdict(list)
    for finding in sorted(found, key=Finding.sort_key):
        layer = context.site.layer_of(finding.path)
        if layer is None:
            own.add(finding)
        elif finding.severity is Severity.ERROR and not finding.code.startswith(_CONTENT):
            errors[layer.prefix].append(finding)
    return own | set(broken_layer.apply(BrokenLayers(context, errors)))


def _first_of_each_file(found: Iterable[Finding]) -> list[Finding]:
    """Return the findings in file order. Of a file with too many, return the first ones with a note."""
    of_files: dict[str, list[Finding]] = defaultdict(list)
    for finding in sorted(found, key=Finding.sort_key):
        of_files[finding.path].append(finding)
    for of_file in of_files.values():
        if len(of_file) > MOST_OF_A_FILE:
            last = of_file[MOST_OF_A_FILE - 1]
            note = f"this file has more findings than the {MOST_OF_A_FILE:,} shown"
            of_file[MOST_OF_A_FILE - 1 :] = [last._replace(message=f"{last.message}; {note}")]
    return [finding for of_file in of_files.values() for finding in of_file]


def _without_ignored(
    found: set[Finding], codes: set[str], off: Collection[str], context: Context
) -> set[Finding]:
    """Return the findings that no comment suppresses, and those about unused comments.

    Args:
        found: The findings.
        codes: The codes of the rules that comments can suppress.
        off: The codes of the rules that are off.
        context: Everything that was read.
    """
    of_rule: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in sorted(found, key=_line):
        of_rule[finding.path, finding.code].append(finding)
    silenced: set[Finding] = set()
    useless = []
    for ignore in ignores(context):
        can_be = ignore.code in codes
        of_file = of_rule.get((ignore.path, ignore.code), []) if can_be else []
        first = bisect_left(of_file, ignore.span.line, key=_line)
        spoken_of = of_file[first : bisect_right(of_file, ignore.last_line, key=_line)]
        silenced.update(spoken_of)
        if not spoken_of and ignore.code not in off:
            useless.append((ignore, can_be))
    return (found - silenced) | set(unused_suppression.apply(useless))


def _without_consequences(found: set[Finding], rules: Iterable[Rule[Any]]) -> set[Finding]:
    """Return the findings without those that follow from an error in a file or a reference."""
    found = _without_merged(found)
    causes = [finding for finding in found if not finding.code.startswith(_CONTENT)]
    if not causes:
        return found
    tests = {rule.code: rule.follows(causes) for rule in (*rules, unused_suppression) if rule.follows}
    return {finding for finding in found if finding.code not in tests or not tests[finding.code](finding)}


def _without_merged(found: set[Finding]) -> set[Finding]:
    """Return the findings; of a file with an unfinished merge, only those about it."""
    merged = {finding.path for finding in found if finding.code == _UNFINISHED_MERGE}
    return {finding for finding in found if finding.code == _UNFINISHED_MERGE or finding.path not in merged}


def _line(finding: Finding) -> int:
    return finding.span.line


def _as_set(found: set[Finding], context: Context) -> set[Finding]:
    """Return the findings with the severities from the settings."""
    severities = context.settings.severities
    if not severities:
        return found
    return {
        finding._replace(severity=Severity(severities.get(finding.code, finding.severity)))
        for finding in found
        if severities.get(finding.code) != "off"
    }
