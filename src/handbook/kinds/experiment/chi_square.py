"""The chi-square test of counts against planned shares."""

from __future__ import annotations

from collections.abc import Sequence
from math import erfc, exp, inf, lgamma, log, sqrt


def goodness_of_fit(counts: Sequence[int], shares: Sequence[float]) -> float:
    """Return the p-value of Pearson's test of counts against planned shares.

    Pearson, On the criterion that a given system of deviations is such that it can be reasonably supposed to
    have arisen from random sampling, Philosophical Magazine 50 (1900).

    Args:
        counts: The participants of each variant.
        shares: The planned share of each variant, in any unit.
    """
    total, whole = sum(counts), sum(shares)
    expected = [total * share / whole for share in shares]
    statistic = sum((count - mean) ** 2 / mean for count, mean in zip(counts, expected, strict=True))
    return upper_tail(statistic, len(counts) - 1)


def upper_tail(statistic: float, degrees: int) -> float:
    """Return the probability of a chi-square at least this large.

    Abramowitz and Stegun, Handbook of Mathematical Functions (1964), equations 26.4.4 and 26.4.5.

    Args:
        statistic: The value, not negative.
        degrees: The degrees of freedom, at least 1.
    """
    half = statistic / 2
    if half == inf:
        return 0.0
    # The powers are 1/2, 3/2 and so on for an odd number, and 0, 1 and so on for an even one.
    first = 0.5 if degrees % 2 else 0.0
    powers = (first + step for step in range(degrees // 2))
    tail = erfc(sqrt(half)) if degrees % 2 else 0.0
    return min(tail + sum(_term(half, power) for power in powers), 1.0)


def _term(half: float, power: float) -> float:
    """Return a term of the sum, with logarithms, because its parts can be too large or too small."""
    return exp(power * log(half) - half - lgamma(power + 1)) if half else float(power == 0)
