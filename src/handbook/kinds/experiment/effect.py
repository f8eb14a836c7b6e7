"""Place the effects of an experiment on one scale, with no difference and the effect looked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10

from handbook.base.language import _
from handbook.base.numbers import exact, format_significant
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.kinds.experiment import words
from handbook.kinds.experiment.plan import less_is_better
from handbook.kinds.experiment.reading import experiment_reading
from handbook.link.catalogue import Entry

_WHOLE = 1000
"""Places on the scale are in thousandths of its length, so that a page needs no decimal point."""

_MOST_STEPS = 8
_STEPS = (1, 2, 5, 10)
_MARGIN = 0.1


@dataclass(frozen=True, slots=True)
class Tick:
    """A label on the scale.

    Attributes:
        label: The difference, such as "+2".
        at: Its place.
    """

    label: str
    at: int


@dataclass(frozen=True, slots=True)
class Effect:
    """The effect of one variant.

    Attributes:
        name: The variant.
        size: The difference from the control, such as "+3.7".
        low: The lower end of its confidence interval.
        high: The upper end.
        change: From the control's value to the variant's, such as "12.3% → 16%".
        lift: The relative difference; empty if the control's value is 0.
        chance: The p-value.
        verdict: `better`, `worse` or `unclear`.
        at: The place of the difference.
        start: The place of the lower end.
        end: The place of the upper end.
    """

    name: str
    size: str
    low: str
    high: str
    change: str
    lift: str
    chance: str
    verdict: str
    at: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Effects:
    """The effects of all variants on one scale.

    Attributes:
        effects: The effect of each variant but the control.
        ticks: The labels of the scale.
        zero: The place of no difference.
        minimum: The place of the minimum detectable effect; `None` without one.
        unit: What the differences are counted in; empty for means.
        confidence: The confidence level of the intervals, such as "95%".
    """

    effects: tuple[Effect, ...]
    ticks: tuple[Tick, ...]
    zero: int
    minimum: int | None
    unit: str
    confidence: str


@figure(
    {"experiment": ("design", "variants.id", "variants.share", "results.variant", "results.participants")},
    reads={"experiment": ["metric"]},
)
def experiment_effects(basis: Basis, experiment: Entry) -> Effects | None:
    """Return the effects of an experiment on one scale; `None` if its results cannot be analysed.

    Args:
        basis: The data that figures are calculated from.
        experiment: An entry of the content type `experiment`.
    """
    reading = experiment_reading(basis, experiment)
    if not reading.comparisons:
        return None
    scale = 100 if reading.is_proportion else 1
    wanted = _wanted(basis, experiment)
    ends = [0.0, *(scale * end for each in reading.comparisons for end in (each.low, each.high))]
    first, last, step = _span([*ends, *([wanted] if wanted is not None else [])])

    def place(value: float) -> int:
        return round(_WHOLE * (value - first) / (last - first))

    effects = tuple(
        Effect(
            name=each.name,
            size=words.signed(scale * exact(each.difference)),
            low=words.signed(scale * exact(each.low)),
            high=words.signed(scale * exact(each.high)),
            change=" → ".join(words.values((each.control, each.value), is_proportion=reading.is_proportion)),
            lift="" if each.relative is None else words.signed_percentage(100 * exact(each.relative)),
            chance=words.chance(each.p),
            verdict=each.verdict,
            at=place(scale * each.difference),
            start=place(scale * each.low),
            end=place(scale * each.high),
        )
        for each in reading.comparisons
    )
    return Effects(
        effects,
        tuple(Tick(_signed(value), place(value)) for value in _ticks(first, last, step)),
        place(0),
        None if wanted is None else place(wanted),
        _("percentage points") if reading.is_proportion else "",
        words.percentage(100 * exact(reading.confidence)),
    )


def _wanted(basis: Basis, experiment: Entry) -> float | None:
    """Return the minimum detectable effect as a difference, in the unit of the design."""
    design = experiment.data["design"]
    if "minimum_detectable_effect" not in design:
        return None
    effect = float(design["minimum_detectable_effect"])
    if design.get("effect") == "relative":
        if "baseline" not in design:
            return None
        effect *= abs(float(design["baseline"])) / 100
    found = -effect if less_is_better(basis, experiment) else effect
    return found if isfinite(found) else None


def _span(values: list[float]) -> tuple[float, float, float]:
    """Return the ends of a scale that shows some values with room around them, and the step of its labels."""
    low, high = min(values), max(values)
    room = (high - low or 1) * _MARGIN
    low, high = low - room, high + room
    power = 10.0 ** floor(log10((high - low) / _MOST_STEPS))
    step = next(power * each for each in _STEPS if (high - low) / (power * each) <= _MOST_STEPS)
    return low, high, step


def _ticks(first: float, last: float, step: float) -> Iterator[float]:
    for number in range(ceil(first / step), floor(last / step) + 1):
        yield number * step


def _signed(value: float) -> str:
    text = format_significant(value, 2)
    return f"+{text}" if value > 0 else text
