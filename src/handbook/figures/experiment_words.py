"""How the numbers of an experiment are said."""

from __future__ import annotations

_SURE = 0.0001
_MINUS = "\N{MINUS SIGN}"
_SMALL, _LARGE = 1e-4, 1e15
"""Beyond them, zeros cannot be counted."""


def value(number: float, *, is_proportion: bool) -> str:
    """A share in percent, or a mean, with three digits that count."""
    return f"{digits(100 * number)}%" if is_proportion else digits(number)


def signed(number: float) -> str:
    """A difference with its sign."""
    return f"+{digits(number)}" if number > 0 else digits(number)


def digits(number: float) -> str:
    """A number with three digits that count, and thousands apart."""
    rounded = float(f"{number:.3g}")
    if rounded and not _SMALL <= abs(rounded) < _LARGE:
        text = f"{rounded:.2e}"
    else:
        text = f"{rounded:,.6f}".rstrip("0").rstrip(".")
    return text.replace("-", _MINUS, 1) if number < 0 else text


def chance(p: float) -> str:
    """A p-value with two digits that count; below one in ten thousand nobody needs to know."""
    return f"p < {_SURE:f}".rstrip("0") if p < _SURE else f"p = {float(f'{p:.2g}'):f}".rstrip("0").rstrip(".")
