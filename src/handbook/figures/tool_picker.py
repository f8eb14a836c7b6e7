"""Which tools suit a team: by the size of the team, how complex its workflows are and what must be connected.

A tool says in `fit` which teams it suits. Each of the three questions that it suits counts one; the tools are
ranked by that count within what they are for, and of those with the same count the one we use comes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handbook.figures.basis import Basis
from handbook.figures.words import listed
from handbook.link.catalogue import Entry

COMPLEXITIES = ("simple", "moderate", "complex")
"""How complex workflows can be."""

NEEDS = ("few", "some", "many")
"""How many other tools one may have to talk to."""


@dataclass(frozen=True, slots=True)
class Team:
    """The answers to the three questions.

    Attributes:
        size: How many people will use the tool.
        complexity: How complex their workflows are.
        needs: How many other tools it has to talk to.
    """

    size: int
    complexity: str
    needs: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A tool and how it suits a team.

    Attributes:
        tool: The tool.
        suits: The reasons for it.
        lacks: The reasons against it.
        note: What to know of it whatever the team, such as that it was left.
    """

    tool: Entry
    suits: tuple[str, ...]
    lacks: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The tools of one category for a team.

    Attributes:
        category: What they are for.
        candidates: The tools that say whom they suit, the best first.
        unknown: Those that do not say.
    """

    category: str
    candidates: tuple[Candidate, ...]
    unknown: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """The tools that cope with a complexity and a need, whatever the size of the team.

    Attributes:
        needs: How many other tools they may have to talk to.
        tools: The tools, those in use first.
    """

    needs: str
    tools: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """The tools that cope with a complexity.

    Attributes:
        complexity: How complex the workflows may be.
        cells: A cell for each answer to the last question.
    """

    complexity: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Every answer of one category, to be read off by those who have no command line.

    Attributes:
        category: What the tools are for.
        rows: A row for each complexity.
        unknown: Tools that do not say whom they suit.
    """

    category: str
    rows: tuple[Row, ...]
    unknown: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ToolPicker:
    """Every answer there is.

    Attributes:
        grids: A table for each category.
    """

    grids: tuple[Grid, ...]


def pick(basis: Basis, team: Team) -> Sequence[Answer]:
    """The tools that suit a team, ranked within each category, with reasons."""
    ranked = sorted(
        (_candidate(tool, team) for tool in _tools(basis) if "fit" in tool.data),
        key=lambda candidate: len(candidate.lacks),
    )
    return [
        Answer(
            category,
            tuple(each for each in ranked if each.tool.data["category"] == category),
            _unknown(basis, category),
        )
        for category in _categories(basis)
    ]


def tool_picker(basis: Basis) -> ToolPicker:
    """Which tools suit a team, for each category: by its workflows, and by what must be connected."""
    return ToolPicker(tuple(_grid(basis, category) for category in _categories(basis)))


def _grid(basis: Basis, category: str) -> Grid:
    rows = tuple(
        Row(complexity, tuple(_cell(basis, category, complexity, needs) for needs in NEEDS))
        for complexity in COMPLEXITIES
    )
    return Grid(category, rows, _unknown(basis, category))


def _cell(basis: Basis, category: str, complexity: str, needs: str) -> Cell:
    tools = (tool for tool in _tools(basis) if tool.data["category"] == category and "fit" in tool.data)
    return Cell(
        needs,
        tuple(
            tool
            for tool in tools
            if complexity in tool.data["fit"]["workflow_complexity"]
            and needs in tool.data["fit"]["integration_needs"]
        ),
    )


def _categories(basis: Basis) -> Sequence[str]:
    """The categories that have tools, in the order of the schema."""
    used = {tool.data["category"] for tool in basis.catalogue.entries("tool").values()}
    choices = basis.catalogue.kind("tool").shape.properties["category"].choices
    return [category for category in choices if category in used]


def _tools(basis: Basis) -> Sequence[Entry]:
    """All tools, those in use first, then by name."""
    order = list(basis.catalogue.kind("tool").shape.properties["status"].choices)
    tools = basis.catalogue.entries("tool").values()
    return sorted(tools, key=lambda tool: (order.index(tool.data["status"]), tool.name.casefold()))


def _unknown(basis: Basis, category: str) -> tuple[Entry, ...]:
    return tuple(
        tool for tool in _tools(basis) if tool.data["category"] == category and "fit" not in tool.data
    )


def _candidate(tool: Entry, team: Team) -> Candidate:
    fit = tool.data["fit"]
    size, complexity, needs = fit["team_size"], fit["workflow_complexity"], fit["integration_needs"]
    checks = (
        (size["from"] <= team.size <= size["to"], f"made for {size['from']:,} to {size['to']:,} people"),
        (team.complexity in complexity, f"copes with {listed(complexity)} workflows"),
        (team.needs in needs, f"talks to {listed(needs)} other tools"),
    )
    return Candidate(
        tool,
        tuple(reason for holds, reason in checks if holds),
        tuple(f"only {reason}" for holds, reason in checks if not holds),
        _NOTES[tool.data["status"]],
    )


_NOTES = {
    "active": "we use it",
    "trial": "we are trying it",
    "proposed": "somebody asked for it; not bought",
    "sunset": "we are leaving it",
    "retired": "we left it",
}
