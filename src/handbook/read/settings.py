"""What a company sets about the checks: how severe each rule is, and the limits that rules go by."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

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


class Settings(NamedTuple):
    """The settings of a site.

    Attributes:
        severities: `error`, `warning` or `off`, by the code of a rule; rules without one keep their own.
        limits: Numbers that content rules compare with.
    """

    severities: Mapping[str, str] = MappingProxyType({})
    limits: Limits = Limits()


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
    return Settings(MappingProxyType(part("rules")), Limits(**limits))
