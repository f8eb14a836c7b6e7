"""What a company sets: how severe each rule is, limits, currencies, time zone, owner, audience."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from handbook.read.audiences import USUAL

SETTINGS_FILE = "sources/handbook.yaml"
SETTINGS_SCHEMA = "handbook.schema.json"


class Limits(NamedTuple):
    """Numbers that content rules compare with.

    Attributes:
        process_steps: The most steps a process may have.
        notice_days: How many days before the last day to give notice a contract is pointed out.
    """

    process_steps: int = 12
    notice_days: int = 30


class Rate(NamedTuple):
    """What another currency is worth.

    Attributes:
        currency: The other currency.
        rate: What one unit of it is worth in the currency of the totals.
        on: The day the rate was taken, year-month-day.
    """

    currency: str
    rate: int | float
    on: str


class Currencies(NamedTuple):
    """How costs in several currencies are added up.

    Attributes:
        report_in: The currency of totals; empty when each currency has a total of its own.
        rates: What other currencies are worth.
    """

    report_in: str = ""
    rates: tuple[Rate, ...] = ()


class Settings(NamedTuple):
    """The settings of a site.

    Attributes:
        severities: `error`, `warning` or `off`, by the code of a rule; rules without one keep their own.
        limits: Numbers that content rules compare with.
        currencies: How costs in several currencies are added up.
        timezone: The time zone of the times in the handbook.
        owner: The id of the team or role that keeps the handbook; empty when nobody is named.
        audience: Whom the site is for.
    """

    severities: Mapping[str, str] = MappingProxyType({})
    limits: Limits = Limits()
    currencies: Currencies = Currencies()
    timezone: str = "UTC"
    owner: str = ""
    audience: str = USUAL


def make_settings(value: Mapping[str, Any], wrong: frozenset[tuple[str | int, ...]]) -> Settings:
    """The settings that a file says.

    Args:
        value: What the file says.
        wrong: The places in it that its schema refuses. They count as not written.
    """

    def part(name: str) -> dict[str, Any]:
        found = value.get(name)
        pairs = found.items() if isinstance(found, Mapping) else ()
        return {key: each for key, each in pairs if (name, key) not in wrong}

    known = Limits._fields
    limits = {name: number for name, number in part("limits").items() if name in known}
    names = ("timezone", "owner", "audience")
    single = {name: value[name] for name in names if name in value and (name,) not in wrong}
    return Settings(MappingProxyType(part("rules")), Limits(**limits), _currencies(value, wrong), **single)


def _currencies(value: Mapping[str, Any], wrong: frozenset[tuple[str | int, ...]]) -> Currencies:
    found = value.get("currency")
    if not found or any(place[0] == "currency" for place in wrong if place):
        return Currencies()
    return Currencies(found["report_in"], tuple(Rate(**each) for each in found["rates"]))
