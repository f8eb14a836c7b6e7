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


class Security(NamedTuple):
    """What the content security policy of every page allows beyond what the theme brings.

    Attributes:
        allow_hosts: Other hosts that pages can load from.
        allow_inline_from: Plugins with inline scripts that pages can run.
    """

    allow_hosts: tuple[str, ...] = ()
    allow_inline_from: tuple[str, ...] = ()

    def allows(self, host: str) -> bool:
        """Tell whether pages can load from a host. `*.` in front of one means all that end like it."""
        return any(
            host.endswith(allowed[1:]) if allowed.startswith("*.") else host == allowed
            for allowed in self.allow_hosts
        )


class Settings(NamedTuple):
    """The settings of a site.

    Attributes:
        severities: `error`, `warning` or `off`, by the code of a rule; rules without one keep their own.
        limits: Numbers that content rules compare with.
        currencies: How costs in several currencies are added up.
        timezone: The time zone of the times in the handbook.
        owner: The id of the team or role that keeps the handbook; empty when nobody is named.
        audience: Whom the site is for.
        trusted_files: Files below the docs folder that can run in a reader's browser, as paths from the
            site's folder.
        security: What the content security policy allows.
    """

    severities: Mapping[str, str] = MappingProxyType({})
    limits: Limits = Limits()
    currencies: Currencies = Currencies()
    timezone: str = "UTC"
    owner: str = ""
    audience: str = USUAL
    trusted_files: frozenset[str] = frozenset()
    security: Security = Security()


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
    security = {name: _strings(each) for name, each in part("security").items() if name in Security._fields}
    return Settings(
        severities=MappingProxyType(part("rules")),
        limits=Limits(**limits),
        currencies=_currencies(value, wrong),
        trusted_files=frozenset(_strings(value.get("trusted_files"))),
        security=Security(**security),
        **single,
    )


def _strings(value: Any) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def _currencies(value: Mapping[str, Any], wrong: frozenset[tuple[str | int, ...]]) -> Currencies:
    found = value.get("currency")
    if not found or any(place[0] == "currency" for place in wrong if place):
        return Currencies()
    return Currencies(found["report_in"], tuple(Rate(**each) for each in found["rates"]))
