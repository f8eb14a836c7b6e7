"""Which tools suit a team: by the size of the team, how complex its workflows are and what must be connected.

A tool says in `fit` which teams it suits. Each of the three questions that it suits counts one; the tools are
ranked by that count within what they are for, and of those with the same count the one we use comes first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
class Offer:
    """A tool with what it takes to say whether it suits a team; the page of the picker asks readers itself.

    Attributes:
        tool: The tool.
        category: What it is for.
        smallest: The fewest people it is made for.
        largest: The most people it is made for.
        complexity: The workflows it copes with.
        needs: How many other tools it talks to.
        reasons: The reason for it by each of the three questions, in their order.
        note: What to know of it whatever the team, such as that it was left.
    """

    tool: Entry
    category: str
    smallest: int
    largest: int
    complexity: tuple[str, ...]
    needs: tuple[str, ...]
    reasons: tuple[str, str, str]
    note: str

    def to(self, team: Team) -> Candidate:
        """How it suits a team."""
        answers = (
            self.smallest <= team.size <= self.largest,
            team.complexity in self.complexity,
            team.needs in self.needs,
        )
        checks = tuple(zip(answers, self.reasons, strict=True))
        return Candidate(
            self.tool,
            tuple(reason for holds, reason in checks if holds),
            tuple(f"only {reason}" for holds, reason in checks if not holds),
            self.note,
        )


@dataclass(frozen=True, slots=True)
class ToolPicker:
    """Every answer there is.

    Attributes:
        grids: A table for each category.
        offers: All tools that say whom they suit, those in use first.
    """

    grids: tuple[Grid, ...]
    offers: tuple[Offer, ...]


def pick(basis: Basis, team: Team) -> Sequence[Answer]:
    """The tools that suit a team, ranked within each category, with reasons."""
    ranked = sorted(
        (offer.to(team) for offer in _offers(basis)),
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
    grids = tuple(_grid(basis, category) for category in _categories(basis))
    return ToolPicker(grids, tuple(_offers(basis)))


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


def _offers(basis: Basis) -> Iterator[Offer]:
    for tool in _tools(basis):
        if "fit" not in tool.data:
            continue
        fit = tool.data["fit"]
        size, complexity, needs = fit["team_size"], fit["workflow_complexity"], fit["integration_needs"]
        yield Offer(
            tool,
            tool.data["category"],
            size["from"],
            size["to"],
            complexity,
            needs,
            (
                f"made for {size['from']:,} to {size['to']:,} people",
                f"copes with {listed(complexity)} workflows",
                f"talks to {listed(needs)} other tools",
            ),
            _NOTES[tool.data["status"]],
        )


_NOTES = {
    "active": "we use it",
    "trial": "we are trying it",
    "proposed": "somebody asked for it; not bought",
    "sunset": "we are leaving it",
    "retired": "we left it",
}
