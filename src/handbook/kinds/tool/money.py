"""Amounts of money, kept exact: they are rounded to cents only for readers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from handbook.base.language import _
from handbook.base.numbers import exact, format_fixed, round_half_away
from handbook.base.sentences import format_money
from handbook.read.settings import Currencies

_CENTS = 2


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency.

    Attributes:
        amount: The exact amount.
        currency: The three-letter code of the currency.
    """

    amount: Fraction
    currency: str

    @property
    def decimal(self) -> str:
        """The amount with two decimal places, for programs: `1234.50`."""
        cents = int(round_half_away(self.amount, _CENTS) * 100)
        units, rest = divmod(abs(cents), 100)
        return f"{'-' if cents < 0 else ''}{units}.{rest:02}"

    @property
    def words(self) -> str:
        """The amount for readers: `USD 1,234.50`, or `USD 1,234` without cents."""
        places = 0 if round_half_away(self.amount, _CENTS).denominator == 1 else _CENTS
        return format_money(format_fixed(self.amount, places), self.currency)


@dataclass(frozen=True, slots=True)
class Sum:
    """A total, with one amount for each currency.

    Attributes:
        parts: The amounts, by currency.
    """

    parts: tuple[Money, ...] = ()

    @property
    def words(self) -> str:
        """The total for readers: `EUR 20 and USD 1,234`, or `0` without amounts."""
        return _(" and ").join(part.words for part in self.parts) or "0"

    def shared_by(self, number: int) -> Sum:
        """Return the part of each of a number of people, without cents."""
        return Sum(tuple(Money(round_half_away(part.amount / number), part.currency) for part in self.parts))

    def of(self, currency: str) -> Fraction:
        """Return the amount in one currency."""
        return next((part.amount for part in self.parts if part.currency == currency), Fraction(0))


def add_up(amounts: Iterable[Money], currencies: Currencies) -> Sum:
    """Return the sum of amounts. Currencies without an exchange rate stay separate.

    Args:
        amounts: The amounts to add up.
        currencies: The exchange rates and the reporting currency.
    """
    rates = {rate.currency: exact(rate.rate) for rate in currencies.rates}
    found: dict[str, Fraction] = defaultdict(Fraction)
    for money in amounts:
        known = money.currency != currencies.report_in and money.currency in rates
        currency = currencies.report_in if known else money.currency
        found[currency] += money.amount * (rates[money.currency] if known else 1)
    return Sum(tuple(Money(found[currency], currency) for currency in sorted(found)))
