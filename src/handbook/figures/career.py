"""Career ladders: the roles that stand on one, by rung."""

from __future__ import annotations

from dataclasses import dataclass

from handbook.figures.basis import Basis
from handbook.link.catalogue import Entry


@dataclass(frozen=True, slots=True)
class Rung:
    """A role on a ladder.

    Attributes:
        role: The role.
        years: How many years in the field people usually have; empty where it is not said.
        salary: The range for a year; empty where it is not said, or where readers may not see it.
    """

    role: Entry
    years: str
    salary: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """A career ladder.

    Attributes:
        name: Its name.
        rungs: The roles on it, the lowest first.
    """

    name: str
    rungs: tuple[Rung, ...]

    @property
    def with_salaries(self) -> bool:
        """Whether any salary is to be shown."""
        return any(rung.salary for rung in self.rungs)


def career_ladders(basis: Basis) -> tuple[Ladder, ...]:
    """The career ladders: each role by rung, with its years and what it does."""
    ladders: dict[str, list[Entry]] = {}
    for role in basis.catalogue.entries("role").values():
        if "career" in role.data:
            ladders.setdefault(role.data["career"]["ladder"], []).append(role)
    return tuple(
        Ladder(
            name,
            tuple(
                career_rung(basis, role)
                for role in sorted(roles, key=lambda role: role.data["career"]["level"])
            ),
        )
        for name, roles in sorted(ladders.items())
    )


def career_rung(basis: Basis, role: Entry) -> Rung:  # noqa: ARG001 - every figure takes it
    """Years and salary of a role, in words.

    Args:
        basis: What figures are worked out from.
        role: An entry of the kind `role`.
    """
    career = role.data.get("career", {})
    years, salary = career.get("years"), career.get("salary")
    return Rung(
        role,
        ""
        if not years
        else f"{years['from']} to {years['to']}"
        if "to" in years
        else f"{years['from']} or more",
        f"{salary['currency']} {salary['from']:,} to {salary['to']:,}" if salary else "",
    )
