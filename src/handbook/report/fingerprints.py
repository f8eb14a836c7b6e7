"""Fingerprints, by which a server knows a finding again after the lines around it have moved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b

from handbook.findings import Finding, Report

_NUMBER = re.compile(r"\d+")


def with_fingerprints(report: Report) -> Iterator[tuple[Finding, str]]:
    """Each finding with a fingerprint that no other one of the report has."""
    seen: Counter[tuple[str, ...]] = Counter()
    for finding in report.findings:
        what = _identity(finding, report.lines.get((finding.path, finding.span.line), ""))
        seen[what] += 1
        text = "\0".join((*what, str(seen[what])))
        yield finding, blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _identity(finding: Finding, line: str) -> tuple[str, ...]:
    """What makes a finding this one, but no line and no number of an item: those move with the text."""
    return (
        finding.code,
        finding.path,
        finding.kind,
        finding.id,
        _NUMBER.sub("0", finding.pointer),
        _NUMBER.sub("0", finding.message),
        line.strip(),
    )
