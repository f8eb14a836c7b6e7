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
from handbook.link.catalogue import Entry

_DAYS = {"minute": Fraction(1, 480), "hour": Fraction(1, 8), "day": Fraction(1), "week": Fraction(5)}
"""Working days of eight hours, five per week."""


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

    A step is followed by the next one, or by the steps that its answers go to. Answers that return to an
    earlier step are not followed, because the number of repetitions is unknown.

    Args:
        basis: The data that figures are calculated from.
        process: An entry of the content type `process`.
    """
    steps: Sequence[Mapping[str, Any]] = process.data.get("steps", ())
    if not steps:
        return None
    order = {step["id"]: index for index, step in enumerate(steps)}
    following = [_following(steps, index, order) for index in range(len(steps))]
    longest: list[tuple[Fraction, tuple[int, ...]]] = [(Fraction(0), ())] * len(steps)
    for index in reversed(range(len(steps))):
        onward = [longest[after] for after in following[index] if after > index]
        days, way = max(onward, key=lambda found: found[0], default=(Fraction(0), ()))
        longest[index] = (_allowed(steps[index]) + days, (index, *way))
    days, way = longest[0]
    names = tuple(steps[index]["id"] for index in way)
    untimed = tuple(steps[index]["id"] for index in way if "time_allowed" not in steps[index])
    repeats = any(after <= index for index in range(len(steps)) for after in following[index])
    return ProcessTime(days, names, untimed, repeats) if days else None


def _following(steps: Sequence[Mapping[str, Any]], index: int, order: Mapping[str, int]) -> Sequence[int]:
    """Return the possible next steps."""
    answers = steps[index].get("decision", {}).get("answers")
    if answers:
        return [order[answer["go_to"]] for answer in answers if answer.get("go_to") in order]
    return [index + 1] if index + 1 < len(steps) else []


def _allowed(step: Mapping[str, Any]) -> Fraction:
    number, _, unit = str(step.get("time_allowed", "0 days")).partition(" ")
    return int(number) * _DAYS[unit.removesuffix("s")]
