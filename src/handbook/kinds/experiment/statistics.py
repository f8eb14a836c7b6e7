"""The statistics of experiments: sample sizes, p-values and confidence intervals.

A comparison of a variant with the control is sized with a normal approximation, without continuity
correction. With r people in the variant for each one in the control, and z for quantiles of the normal curve:

- Proportions: n = (z_alpha √((r + 1) p q) + z_power √(r p₁q₁ + p₂q₂))² / (r (p₂ - p₁)²) in the control, with
  p = (p₁ + r p₂) / (r + 1) and q for 1 - p. Fleiss, Levin and Paik, Statistical Methods for Rates and
  Proportions, 3rd edition (2003), chapter 4, samples of unequal size, without its correction.
- Means: n = (1 + 1/r) σ² (z_alpha + z_power)² / δ² in the control. Chow, Shao and Wang, Sample Size
  Calculations in Clinical Research, 2nd edition (2008), section 3.2.1.

A variant is compared with the control as follows:

- Proportions: the p-value is that of the z-test with the pooled proportion (Fleiss, Levin and Paik,
  Statistical Methods for Rates and Proportions, 3rd edition, 2003, chapter 3). The confidence interval of the
  difference is Newcombe's, from the Wilson intervals of both proportions (Statistics in Medicine 17, 1998,
  method 10). It is also correct near 0 and 1.
- Means: the z-test of two means with unequal variances, and the interval from the same standard error. With
  fewer than 50 participants in a variant the interval is too narrow, and a warning says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

_NORMAL = NormalDist()
_LEAST = 1e-300
"""The smallest probability that has a quantile."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The data of a variant.

    Attributes:
        size: The number of participants.
        value: The proportion, from 0 to 1, or the mean.
        deviation: The standard deviation.
    """

    size: int
    value: float
    deviation: float


def proportion_size(  # noqa: PLR0913 - the parameters of the formula
    baseline: float, expected: float, *, alpha: float, power: float, sides: str, ratio: float = 1
) -> float:
    """Return the sample size of the control to compare two proportions, by the formula above.

    Args:
        baseline: The proportion in the control, from 0 to 1.
        expected: The proportion in the variant, from 0 to 1.
        alpha: The significance level.
        power: The statistical power.
        sides: `one` or `two`.
        ratio: The participants in the variant for each one in the control.
    """
    pooled = (baseline + ratio * expected) / (ratio + 1)
    spread_if_equal = sqrt((ratio + 1) * pooled * (1 - pooled))
    spread = sqrt(ratio * baseline * (1 - baseline) + expected * (1 - expected))
    root = critical(alpha, sides) * spread_if_equal + _NORMAL.inv_cdf(power) * spread
    standardised = root / (expected - baseline)
    return standardised * standardised / ratio


def mean_size(  # noqa: PLR0913 - the parameters of the formula
    difference: float, deviation: float, *, alpha: float, power: float, sides: str, ratio: float = 1
) -> float:
    """Return the sample size of the control to compare two means, by the formula above.

    Args:
        difference: The difference between the means, in the unit of the metric.
        deviation: The standard deviation of both, in the unit of the metric.
        alpha: The significance level.
        power: The statistical power.
        sides: `one` or `two`.
        ratio: The participants in the variant for each one in the control.
    """
    quantiles = critical(alpha, sides) + _NORMAL.inv_cdf(power)
    standardised = deviation * quantiles / difference
    return (1 + 1 / ratio) * standardised * standardised


def critical(alpha: float, sides: str) -> float:
    """Return the critical value: the quantile beyond which a difference is significant."""
    return -_NORMAL.inv_cdf(max(alpha / 2 if sides == "two" else alpha, _LEAST))


def p_value(control: Sample, variant: Sample, sides: str, sign: int, *, is_proportion: bool) -> float:
    """Return the p-value: the probability of a difference at least this large if there is none.

    Args:
        control: The data of the control.
        variant: The data of the variant.
        sides: `one` or `two`. A one-sided test looks in the desired direction of the metric.
        sign: 1 if higher is better, -1 if lower is better.
        is_proportion: Whether proportions are compared, not means.
    """
    difference = variant.value - control.value
    error = _pooled_error(control, variant) if is_proportion else _error(control, variant)
    if not error:
        return 1.0 if not difference else 0.0
    z = difference / error
    return 2 * _NORMAL.cdf(-abs(z)) if sides == "two" else _NORMAL.cdf(-z * sign)


def interval(
    control: Sample, variant: Sample, alpha: float, sides: str, *, is_proportion: bool
) -> tuple[float, float]:
    """Return the confidence interval of the difference; for a one-sided test, with alpha beyond each end.

    Args:
        control: The data of the control.
        variant: The data of the variant.
        alpha: The significance level; for a two-sided test, half of it is beyond each end.
        sides: `one` or `two`.
        is_proportion: Whether proportions are compared, not means.
    """
    z = critical(alpha, sides)
    difference = variant.value - control.value
    if not is_proportion:
        error = z * _error(control, variant)
        return difference - error, difference + error
    control_low, control_high = _wilson(control, z)
    low, high = _wilson(variant, z)
    down = sqrt((variant.value - low) ** 2 + (control_high - control.value) ** 2)
    up = sqrt((high - variant.value) ** 2 + (control.value - control_low) ** 2)
    return difference - down, difference + up


def _wilson(sample: Sample, z: float) -> tuple[float, float]:
    """Return the Wilson interval: Journal of the American Statistical Association 22 (1927)."""
    size, share = sample.size, sample.value
    centre = (share + z * z / (2 * size)) / (1 + z * z / size)
    half = z / (1 + z * z / size) * sqrt(share * (1 - share) / size + z * z / (4 * size * size))
    return centre - half, centre + half


def _pooled_error(control: Sample, variant: Sample) -> float:
    share = (control.value * control.size + variant.value * variant.size) / (control.size + variant.size)
    return sqrt(max(share * (1 - share), 0) * (1 / control.size + 1 / variant.size))


def _error(control: Sample, variant: Sample) -> float:
    return sqrt(control.deviation**2 / control.size + variant.deviation**2 / variant.size)
