"""Put findings into the order for people: the most harmful first, and alike ones folded."""

from __future__ import annotations

from collections.abc import Sequence

from handbook.base.findings import Finding, Severity
from handbook.base.named_tuples import NamedTuple
from handbook.base.regex import regex
from handbook.base.report import Report
from handbook.base.span import Span

_FEW = 30
"""The number of findings up to which all of them are shown."""
_SHOWN = 3
"""The number of findings shown of those that are alike."""
_UNREADABLE = "HB0"
_VALUE = regex(r"`[^`]*`|\d+")


class Alike(NamedTuple):
    """Findings that say the same of different values.

    Attributes:
        shown: The first ones, with different messages if there are any.
        folded: The others.
    """

    shown: Sequence[Finding]
    folded: Sequence[Finding]


def by_harm(report: Report) -> Sequence[Finding]:
    """Return the findings, the most harmful first.

    Errors come before warnings. Among each, files that can't be read come first, because they cause other
    findings, and what often follows from another finding comes last; the rest is in the order of the files.
    """
    following = {rule.code for rule in report.rules if rule.follows}

    def harm(finding: Finding) -> tuple[bool, int, str, Span]:
        stage = 0 if finding.code.startswith(_UNREADABLE) else 2 if finding.code in following else 1
        return (finding.severity is Severity.WARNING, stage, finding.path, finding.span)

    return sorted(report.findings, key=harm)


def folded(findings: Sequence[Finding]) -> Sequence[Alike]:
    """Return findings with alike ones together, in the order of the first of each; few are all shown.

    Args:
        findings: The findings in the order to show them.
    """
    if len(findings) <= _FEW:
        return [Alike([finding], ()) for finding in findings]
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        key = (finding.severity, finding.code, _VALUE.sub("", finding.message))
        groups.setdefault(key, []).append(finding)
    return [_alike(group) for group in groups.values()]


def _alike(group: Sequence[Finding]) -> Alike:
    if len(group) <= _SHOWN + 1:
        return Alike(group, ())
    different = {finding.full_message: finding for finding in reversed(group)}
    chosen = [*reversed(different.values()), *group][: max(min(len(different), _SHOWN), 1)]
    shown = [finding for finding in group if finding in chosen]
    return Alike(shown, [finding for finding in group if finding not in chosen])
