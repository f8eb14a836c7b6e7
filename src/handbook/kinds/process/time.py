"""The maximum duration of a process, from its first step to an end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from handbook.base.language import ngettext
from handbook.base.numbers import round_half_away
from handbook.base.sentences import listed
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.kinds.process.duration import longest_way
from handbook.link.catalogue import Entry


@dataclass(frozen=True, slots=True)
class ProcessTime:
    """The time along the longest path through a process without repeated steps.

    Attributes:
        days: The working days of all steps on that path with a time limit.
        steps: The IDs of the steps on that path.
        untimed: The IDs of the steps on that path without a time limit.
        repeats: Whether a decision can return to an earlier step, which takes longer.
    """

    days: Fraction
    steps: tuple[str, ...]
    untimed: tuple[str, ...]
    repeats: bool

    @property
    def words(self) -> str:
        """The time for readers: weeks and days, or hours below one day."""
        if self.days < 1:
            return ngettext("%(num)s hour", "%(num)s hours", max(int(round_half_away(self.days * 8)), 1))
        whole = -(-self.days.numerator // self.days.denominator)
        weeks, days = divmod(whole, 5)
        parts = [ngettext("%(num)s week", "%(num)s weeks", weeks)] * bool(weeks)
        return listed(parts + [ngettext("%(num)s day", "%(num)s days", days)] * bool(days))


@figure({"process": ("steps.id", "steps.time_allowed")})
def process_time(basis: Basis, process: Entry) -> ProcessTime | None:  # noqa: ARG001 - a figure takes a basis
    """Return the maximum duration of a process on its longest path; `None` without time limits.

    Args:
        basis: The data that figures are calculated from.
        process: An entry of the content type `process`.
    """
    steps: Sequence[Mapping[str, Any]] = process.data.get("steps", ())
    if not steps:
        return None
    longest = longest_way(steps)
    names = tuple(steps[index]["id"] for index in longest.steps)
    untimed = tuple(steps[index]["id"] for index in longest.steps if "time_allowed" not in steps[index])
    return ProcessTime(longest.days, names, untimed, longest.repeats) if longest.days else None
