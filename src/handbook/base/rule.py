"""A rule: its code, reason and examples, and a small generator that applies it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType, ModuleType
from typing import Any, Generic, TypeAlias, TypeVar

from handbook.base.findings import MOST_OF_A_FILE, Finding, Severity
from handbook.base.named_tuples import NamedTuple
from handbook.base.needs import Needs
from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.words import one_line

Subject = TypeVar("Subject")
"""The type that a rule checks: the sources of a site, or something else."""

_SHORT = regex(r"(?i)\b(?:html|id|yaml)\b")
"""What is written in capital letters in a heading."""

Follows: TypeAlias = Callable[[Sequence[Finding]], Callable[[Finding], bool]]
"""Takes findings about files and references. Returns a test for findings that follow from one of them."""


class Rule(NamedTuple, Generic[Subject]):
    """A validation rule.

    Attributes:
        code: Its code, such as `HB201`. The hundreds give the subject: 0 YAML, 1 schema,
            2 references and locations.
        name: A short name for headings.
        severity: The default severity of a finding.
        reason: The reason why it matters to readers, in one paragraph.
        bad: Files with the mistake, by path; `«` and `»` mark the reported place.
        good: The same files, fixed.
        check: Finds the problems.
        needs: The kinds and fields that it asks for. The rule is off in a site whose schemas lack one.
        follows: Recognises findings of this rule that go when others are fixed. People read the rest of them
            last. `None` if there are none.
        is_optional: Whether it is off until the settings give it a severity.
        is_local: Whether it looks at each file alone: what it finds follows from the file, its name, the
            schemas, the settings and the date. It may not use anything else, such as the IDs of entries.
    """

    code: str
    name: str
    severity: Severity
    reason: str
    bad: Mapping[str, str]
    good: Mapping[str, str]
    check: Callable[[Subject], Iterable[Problem]]
    needs: Needs = MappingProxyType({})
    follows: Follows | None = None
    is_optional: bool = False
    is_local: bool = False

    @property
    def title(self) -> str:
        """Return its name as a heading, such as "Duplicate ID" for `duplicate-id`."""
        return _SHORT.sub(lambda short: short[0].upper(), self.name.replace("-", " ").capitalize())

    def apply(self, subject: Subject) -> Iterator[Finding]:
        """Yield the findings of this rule; of each file, only as many as might be shown."""
        found: Counter[str] = Counter()
        for problem in self.check(subject):
            found[problem.path] += 1
            # Comments can suppress some of them, so yield twice as many as are shown.
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
                fix=problem.fix,
            )


def rule(  # noqa: PLR0913 - the parts of a rule
    code: str,
    name: str,
    severity: Severity = Severity.ERROR,
    *,
    reason: str,
    bad: Mapping[str, str],
    good: Mapping[str, str],
    needs: Needs = MappingProxyType({}),
    follows: Follows | None = None,
    is_optional: bool = False,
    is_local: bool = False,
) -> Callable[[Callable[[Subject], Iterable[Problem]]], Rule[Subject]]:
    """Return a decorator that makes a rule of the function that finds its problems.

    The arguments are the attributes of `Rule`.
    """
    return lambda check: Rule(
        code,
        name,
        severity,
        reason,
        bad,
        good,
        check,
        needs,
        follows,
        is_optional=is_optional,
        is_local=is_local,
    )


def rules_in(names: Mapping[str, Any]) -> tuple[Rule[Any], ...]:
    """Return the rules in the imported modules of a module, by code.

    Args:
        names: The names of the module: its `globals()`.
    """
    modules = [value for value in names.values() if isinstance(value, ModuleType)]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, Rule)]
    return tuple(sorted(found, key=lambda each: each.code))
