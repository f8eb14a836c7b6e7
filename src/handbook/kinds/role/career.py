"""Career ladders: the roles on each ladder, by level."""

from __future__ import annotations

from dataclasses import dataclass

from handbook.base.language import _
from handbook.base.numbers import format_number
from handbook.base.sentences import format_money
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.link.catalogue import Entry


@dataclass(frozen=True, slots=True)
class CareerLevel:
    """A role on a ladder.

    Attributes:
        role: The role.
        years: The usual years of experience; empty if not specified.
        salary: The annual salary range; empty if it is not specified or not visible to readers.
    """

    role: Entry
    years: str
    salary: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """A career ladder.

    Attributes:
        name: The name of the ladder.
        levels: The roles, the lowest level first.
    """

    name: str
    levels: tuple[CareerLevel, ...]

    @property
    def with_salaries(self) -> bool:
        """Return whether there is a salary to show."""
        return any(level.salary for level in self.levels)


@figure({"role": ("career.ladder", "career.level", "career.focus")})
def career_ladders(basis: Basis) -> tuple[Ladder, ...]:
    """Show the career ladders: each role by level, with its years of experience and focus."""
    ladders: dict[str, list[Entry]] = {}
    for role in basis.entries("role"):
        if "career" in role.data:
            ladders.setdefault(role.data["career"]["ladder"], []).append(role)
    return tuple(
        Ladder(
            name,
            tuple(
                career_level(basis, role)
                for role in sorted(roles, key=lambda role: role.data["career"]["level"])
            ),
        )
        for name, roles in sorted(ladders.items())
    )


@figure({"role": ("career",)})
def career_level(basis: Basis, role: Entry) -> CareerLevel:  # noqa: ARG001 - a figure takes a basis
    """Return the years of experience and annual salary of a role, for readers.

    Args:
        basis: The data that figures are calculated from.
        role: An entry of the content type `role`.
    """
    career = role.data.get("career", {})
    years, salary = career.get("years"), career.get("salary")
    return CareerLevel(
        role,
        ""
        if not years or "from" not in years
        else _("%(first)s to %(last)s", first=years["from"], last=years["to"])
        if "to" in years
        else _("%(number)s or more", number=years["from"]),
        format_money(
            _("%(first)s to %(last)s", first=format_number(salary["from"]), last=format_number(salary["to"])),
            salary["currency"],
        )
        if salary and {"currency", "from", "to"} <= set(salary)
        else "",
    )
