"""The longest way through the steps of a process, and the working days that it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from handbook.base.named_tuples import NamedTuple

DAYS = {"minute": Fraction(1, 480), "hour": Fraction(1, 8), "day": Fraction(1), "week": Fraction(5)}
"""Working days of eight hours, five per week."""


class LongestWay(NamedTuple):
    """The longest way through a process without repeated steps.

    Attributes:
        days: The working days of its steps with a time limit.
        steps: The places of its steps.
        repeats: Whether a decision can return to an earlier step.
    """

    days: Fraction
    steps: Sequence[int]
    repeats: bool


def longest_way(steps: Sequence[Mapping[str, Any]]) -> LongestWay:
    """Return the longest way through steps.

    A step is followed by the next one, or by the steps that its answers go to. Answers that return to an
    earlier step are not followed, because the number of repetitions is unknown.

    Args:
        steps: At least one step.
    """
    order = {step["id"]: index for index, step in enumerate(steps)}
    following = [_following(steps, index, order) for index in range(len(steps))]
    longest: list[tuple[Fraction, tuple[int, ...]]] = [(Fraction(0), ())] * len(steps)
    for index in reversed(range(len(steps))):
        onward = [longest[after] for after in following[index] if after > index]
        days, way = max(onward, key=lambda found: found[0], default=(Fraction(0), ()))
        longest[index] = (allowed(steps[index]) + days, (index, *way))
    repeats = any(after <= index for index in range(len(steps)) for after in following[index])
    return LongestWay(*longest[0], repeats)


def has_limit(steps: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a process can't take longer than its longest way: no step is untimed or repeated."""
    return all("time_allowed" in step for step in steps) and not longest_way(steps).repeats


def _following(steps: Sequence[Mapping[str, Any]], index: int, order: Mapping[str, int]) -> Sequence[int]:
    """Return the possible next steps."""
    answers = steps[index].get("decision", {}).get("answers")
    if answers:
        return [order[answer["go_to"]] for answer in answers if answer.get("go_to") in order]
    return [index + 1] if index + 1 < len(steps) else []


def allowed(step: Mapping[str, Any]) -> Fraction:
    """Return the working days that a step may take; 0 without a limit."""
    number, _, unit = str(step.get("time_allowed", "0 days")).partition(" ")
    return int(number) * DAYS[unit.removesuffix("s")]
