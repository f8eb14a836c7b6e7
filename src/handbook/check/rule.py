"""What a rule is: its code, its reason, its examples, and a small generator that applies it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

from handbook.check.problem import Problem
from handbook.check.words import one_line
from handbook.findings import MOST_OF_A_FILE, Finding, Severity

Subject = TypeVar("Subject")
"""What a rule looks at: the sources of a site, or another thing that is checked."""


class Rule(NamedTuple, Generic[Subject]):
    """One thing that is checked.

    Attributes:
        code: Its code, such as `HB201`. The hundreds say what it is about: 0 YAML, 1 schema,
            2 references and places.
        name: A short name for headings.
        severity: Whether a finding stops the build.
        reason: Why it matters to a reader, in a paragraph.
        bad: Files with the mistake, by path; `«` and `»` stand around the place that is reported.
        good: The same files, mended.
        check: Finds the problems.
    """

    code: str
    name: str
    severity: Severity
    reason: str
    bad: Mapping[str, str]
    good: Mapping[str, str]
    check: Callable[[Subject], Iterable[Problem]]

    def apply(self, subject: Subject) -> Iterator[Finding]:
        """The findings of this rule, of each file no more than enough for all that is shown of it."""
        found: Counter[str] = Counter()
        for problem in self.check(subject):
            found[problem.path] += 1
            # Comments may silence some of them, so there are twice as many as are shown.
            if found[problem.path] > 2 * MOST_OF_A_FILE:
                continue
            yield Finding(
                path=problem.path,
                span=problem.span,
                code=self.code,
                severity=self.severity,
                message=one_line(problem.message),
                hint=one_line(problem.hint),
                pointer=problem.pointer,
                kind=problem.kind,
                id=problem.id,
            )
