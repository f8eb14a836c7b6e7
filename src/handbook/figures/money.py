"""Money without rounding on the way: amounts are fractions, and cents appear only where they are shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from handbook.read.settings import Currencies

Number = int | float


def exact(number: Number) -> Fraction:
    """A number as the file says it: 0.1 is a tenth, not the nearest binary number."""
    return Fraction(repr(number))


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of one currency.

    Attributes:
        amount: How much, exactly.
        currency: Its three letters.
    """

    amount: Fraction
    currency: str

    @property
    def decimal(self) -> str:
        """The amount with two decimals, as programs read it: `1234.50`. Half a cent counts as one."""
        units, cents = divmod((self.amount * 200 + 1) // 2, 100)
        return f"{units}.{cents:02}"

    @property
    def words(self) -> str:
        """As people read it: `USD 1,234.50`, and `USD 1,234` when there are no cents."""
        units, _, cents = self.decimal.partition(".")
        return f"{self.currency} {int(units):,}{'' if cents == '00' else f'.{cents}'}"


@dataclass(frozen=True, slots=True)
class Sum:
    """Amounts added up: one for each currency.

    Attributes:
        parts: The amounts, by currency.
    """

    parts: tuple[Money, ...] = ()

    @property
    def words(self) -> str:
        """As people read it: `EUR 20 and USD 1,234`; `0` when there was nothing to add up."""
        return " and ".join(part.words for part in self.parts) or "0"

    def of(self, currency: str) -> Fraction:
        """The amount of one currency."""
        return next((part.amount for part in self.parts if part.currency == currency), Fraction(0))


def add_up(amounts: Iterable[Money], currencies: Currencies) -> Sum:
    """The sum of amounts: converted where a rate is known, and apart where none is.

    Args:
        amounts: What to add up.
        currencies: What the company has set about them.
    """
    rates = {rate.currency: exact(rate.rate) for rate in currencies.rates}
    found: dict[str, Fraction] = defaultdict(Fraction)
    for money in amounts:
        known = money.currency != currencies.report_in and money.currency in rates
        currency = currencies.report_in if known else money.currency
        found[currency] += money.amount * (rates[money.currency] if known else 1)
    return Sum(tuple(Money(found[currency], currency) for currency in sorted(found)))
