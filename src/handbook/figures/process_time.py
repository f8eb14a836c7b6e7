"""How long a process may take from its first step to an end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from handbook.figures.basis import Basis
from handbook.link.catalogue import Entry

_DAYS = {"minute": Fraction(1, 480), "hour": Fraction(1, 8), "day": Fraction(1), "week": Fraction(5)}
"""Working days: eight hours each, five a week."""


@dataclass(frozen=True, slots=True)
class ProcessTime:
    """The time along the longest way through a process that never leads back.

    Attributes:
        days: Working days, over the steps on that way that say how long they may take.
        steps: The ids of the steps on that way.
        untimed: The ids of those among them that do not say how long they may take.
        repeats: Whether an answer leads back to an earlier step, so that it may take longer.
    """

    days: Fraction
    steps: tuple[str, ...]
    untimed: tuple[str, ...]
    repeats: bool

    @property
    def words(self) -> str:
        """The time as people say it: weeks and days, hours below one day."""
        if self.days < 1:
            hours = max(round(self.days * 8), 1)
            return f"{hours} {'hour' if hours == 1 else 'hours'}"
        whole = -(-self.days.numerator // self.days.denominator)
        weeks, days = divmod(whole, 5)
        parts = [f"{weeks} {'week' if weeks == 1 else 'weeks'}"] if weeks else []
        parts += [f"{days} {'day' if days == 1 else 'days'}"] if days else []
        return " and ".join(parts)


def process_time(basis: Basis, process: Entry) -> ProcessTime | None:  # noqa: ARG001 - every figure takes it
    """The time a process may take, along the longest of its ways; `None` when no step on it says.

    A step is followed by the next one, or by the steps its answers go to. An answer that leads back to an
    earlier step is not followed: how often that happens nobody knows before.

    Args:
        basis: What figures are worked out from.
        process: An entry of the kind `process`.
    """
    steps: Sequence[Mapping[str, Any]] = process.data["steps"]
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
    """The steps that may come next."""
    decision = steps[index].get("decision")
    if decision:
        return [order[answer["go_to"]] for answer in decision["answers"] if answer.get("go_to") in order]
    return [index + 1] if index + 1 < len(steps) else []


def _allowed(step: Mapping[str, Any]) -> Fraction:
    number, _, unit = str(step.get("time_allowed", "0 days")).partition(" ")
    return int(number) * _DAYS[unit.removesuffix("s")]
