"""Fingerprints let a server recognise a finding after the lines around it have moved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b

from handbook.base.findings import Finding
from handbook.base.report import Report

_NUMBER = re.compile(r"\d+")


def with_fingerprints(report: Report) -> Iterator[tuple[Finding, str]]:
    """Yield each finding with a fingerprint that is unique in the report."""
    seen: Counter[tuple[str, ...]] = Counter()
    for finding in report.findings:
        identity = _identity(finding, report.lines.get((finding.path, finding.span.line), ""))
        seen[identity] += 1
        text = "\0".join((*identity, str(seen[identity])))
        yield finding, blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _identity(finding: Finding, line: str) -> tuple[str, ...]:
    """Return the identity of a finding, without line and item numbers, which change when text moves."""
    return (
        finding.code,
        finding.path,
        finding.kind,
        finding.id,
        _NUMBER.sub("0", finding.pointer),
        _NUMBER.sub("0", finding.message),
        line.strip(),
    )
