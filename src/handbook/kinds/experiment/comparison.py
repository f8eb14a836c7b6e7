"""A variant compared with the control, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handbook.base.language import _
from handbook.base.numbers import exact
from handbook.kinds.experiment import words


@dataclass(frozen=True, slots=True)
class VariantComparison:
    """A variant compared with the control.

    Attributes:
        id: The ID of the variant.
        name: The name of the variant.
        control: The value of the control: a proportion from 0 to 1, or a mean.
        value: The value of the variant.
        difference: The value of the variant minus that of the control.
        low: The lower end of the confidence interval of the difference.
        high: The upper end.
        relative: The relative lift, from the value of the control; `None` if that is 0.
        p: The p-value, after the correction.
        verdict: `better`, `worse` or `unclear`.
        sentence: The comparison as a sentence.
    """

    id: str
    name: str
    control: float
    value: float
    difference: float
    low: float
    high: float
    relative: float | None
    p: float
    verdict: str
    sentence: str


def comparison_sentence(comparison: VariantComparison, confidence: float, *, is_proportion: bool) -> str:
    """Return a comparison as a sentence.

    Args:
        comparison: The comparison. It needs no sentence yet.
        confidence: The confidence level of its interval, from 0 to 1.
        is_proportion: Whether proportions are compared, not means.
    """
    value, control = words.values((comparison.value, comparison.control), is_proportion=is_proportion)
    scale = 100 if is_proportion else 1
    ends = [words.signed(scale * exact(end)) for end in (comparison.low, comparison.high)]
    relative = (
        ""
        if comparison.relative is None
        else _(
            ", a relative lift of %(percent)s",
            percent=words.signed_percentage(100 * exact(comparison.relative)),
        )
    )
    said = {
        "name": comparison.name,
        "value": value,
        "control": control,
        "lift": relative,
        "interval": _(
            "(%(confidence)s confidence interval %(low)s to %(high)s; %(chance)s)",
            confidence=words.percentage(100 * exact(confidence)),
            low=ends[0],
            high=ends[1],
            chance=words.chance(comparison.p),
        ),
    }
    if comparison.verdict == "unclear":
        difference = words.signed(scale * exact(comparison.difference))
        return _(
            "“%(name)s”: %(value)s compared with %(control)s, %(difference)s%(lift)s %(interval)s. "
            "Inconclusive: the difference is not statistically significant.",
            difference=_points(difference) if is_proportion else difference,
            **said,
        )
    size = words.digits(abs(scale * exact(comparison.difference)))
    sentence = _changes(
        {**said, "size": _points(size) if is_proportion else size},
        rises=comparison.difference > 0,
        is_proportion=is_proportion,
    )
    if comparison.verdict == "worse":
        significance = _("The difference is statistically significant, against the desired direction.")
    else:
        significance = _("The difference is statistically significant.")
    return f"{sentence} {significance}"


def _points(number: str) -> str:
    return _("%(number)s percentage points", number=number)


def _changes(said: Mapping[str, str], *, rises: bool, is_proportion: bool) -> str:
    """Return what a variant changes, as a sentence."""
    if is_proportion and rises:
        return _(
            "“%(name)s” raises the conversion rate by %(size)s %(interval)s, from %(control)s to "
            "%(value)s%(lift)s.",
            **said,
        )
    if is_proportion:
        return _(
            "“%(name)s” lowers the conversion rate by %(size)s %(interval)s, from %(control)s to "
            "%(value)s%(lift)s.",
            **said,
        )
    if rises:
        return _(
            "“%(name)s” raises the mean by %(size)s %(interval)s, from %(control)s to %(value)s%(lift)s.",
            **said,
        )
    return _(
        "“%(name)s” lowers the mean by %(size)s %(interval)s, from %(control)s to %(value)s%(lift)s.", **said
    )
