"""Find suitable tools for a team by its size, the complexity of its workflows and its integrations.

The field `fit` of a tool describes the teams that it suits. The tools of a category are ranked by the number
of matching criteria, those in use before those that are only proposed. A tool that has ended, or that the
tool audit recommends to sunset, comes after all others, whatever it matches.

It is long because each part of an answer is a value of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from handbook.base.choices import is_own, label_of, within_sentence
from handbook.base.language import N_, _, choice_in_sentence, current
from handbook.base.numbers import format_number
from handbook.base.sentences import listed
from handbook.base.text import words
from handbook.kinds.any.basis import Basis, choice_index, used_values
from handbook.kinds.any.figure import figure
from handbook.kinds.tool.audit import AUDIT_NEEDS, tool_audit
from handbook.kinds.tool.purposes import categories_of
from handbook.kinds.tool.states import is_proposed
from handbook.link.catalogue import Entry
from handbook.read.life import has_ended, in_use_instead

COMPLEXITIES = ("simple", "moderate", "complex")
"""The complexity of workflows."""

NEEDS = ("few", "some", "many")
"""The number of integrations that a tool needs."""

_FIT = ("team_size.from", "team_size.to", "workflow_complexity", "integration_needs")
_NEEDED = {"tool": ["category", "status", *(f"fit.{field}" for field in _FIT)]}


@dataclass(frozen=True, slots=True)
class Team:
    """The answers to the three questions.

    Attributes:
        size: The number of people who will use the tool.
        complexity: The complexity of their workflows.
        needs: The number of integrations that they need.
    """

    size: int
    complexity: str
    needs: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A tool and its fit for a team.

    Attributes:
        tool: The tool.
        category: The category that it is offered in.
        suits: The criteria that match.
        unmet: The criteria that do not match.
        note: The status of the tool, such as "retired".
        against: The reason not to choose it for anything new; empty without one.
    """

    tool: Entry
    category: str
    suits: tuple[str, ...]
    unmet: tuple[str, ...]
    note: str
    against: str


@dataclass(frozen=True, slots=True)
class CategoryAnswer:
    """The tools of one category for a team.

    Attributes:
        category: The category.
        candidates: The tools with suitability data, the best first.
        unknown: The tools without suitability data.
    """

    category: str
    candidates: tuple[Candidate, ...]
    unknown: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """The tools for a complexity and a number of integrations, for any team size.

    Attributes:
        needs: The number of integrations.
        tools: The tools; those in use are first.
    """

    needs: str
    tools: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """The tools for a complexity.

    Attributes:
        complexity: The complexity of the workflows.
        cells: A cell for each number of integrations.
    """

    complexity: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """All answers for one category, for readers without a command line.

    Attributes:
        category: The category.
        rows: A row for each complexity; none if no tool has suitability data.
        unknown: The tools without suitability data.
    """

    category: str
    rows: tuple[Row, ...]
    unknown: tuple[Entry, ...]

    @property
    def has_tools(self) -> bool:
        """Return whether there is a tool with suitability data."""
        return any(cell.tools for row in self.rows for cell in row.cells)


@dataclass(frozen=True, slots=True)
class Offer:
    """A tool with its suitability data, for the form on the page of the tool picker.

    Attributes:
        tool: The tool.
        category: The category that it is offered in: its own, or that of a job that it does.
        smallest: The smallest team size.
        largest: The largest team size.
        complexity: The workflows it supports.
        needs: The numbers of integrations it suits.
        reasons: The reason for each of the three criteria, in their order.
        note: The status of the tool, such as "retired".
        against: The reason not to choose it for anything new; empty without one.
        is_proposed: Whether it is not in use yet.
    """

    tool: Entry
    category: str
    smallest: int
    largest: int
    complexity: tuple[str, ...]
    needs: tuple[str, ...]
    reasons: tuple[str, str, str]
    note: str
    against: str
    is_proposed: bool

    def to(self, team: Team) -> Candidate:
        """Return the fit for a team."""
        answers = (
            self.smallest <= team.size <= self.largest,
            team.complexity in self.complexity,
            team.needs in self.needs,
        )
        checks = tuple(zip(answers, self.reasons, strict=True))
        return Candidate(
            self.tool,
            self.category,
            tuple(reason for holds, reason in checks if holds),
            tuple(_("only %(reason)s", reason=reason) for holds, reason in checks if not holds),
            self.note,
            self.against,
        )


@dataclass(frozen=True, slots=True)
class ToolPicker:
    """All answers of the tool picker.

    Attributes:
        grids: The table of each category.
        offers: The tools with suitability data; those in use are first.
        against: The reason not to choose a tool for anything new, by its ID.
        complexities: The choices for the complexity of workflows.
        needs: The choices for the number of integrations.
    """

    grids: tuple[Grid, ...]
    offers: tuple[Offer, ...]
    against: Mapping[str, str]
    complexities: tuple[str, ...] = COMPLEXITIES
    needs: tuple[str, ...] = NEEDS

    @property
    def labels(self) -> Mapping[str, str]:
        """The labels of the choices that need one: in another language, of all."""
        names = (*(grid.category for grid in self.grids), *self.complexities, *self.needs)
        if current().is_english:
            return {name: label_of(name) for name in names if label_of(name)}
        return {name: str(words(name)) for name in names}


def pick(basis: Basis, team: Team) -> Sequence[CategoryAnswer]:
    """Return the tools that suit a team, ranked within each category, with reasons."""
    against = _against(basis)
    offers = [(offer, offer.to(team)) for offer in _offers(basis, against)]
    offers.sort(key=lambda pair: (bool(pair[0].against), pair[0].is_proposed, len(pair[1].unmet)))
    return [
        CategoryAnswer(
            category,
            tuple(candidate for offer, candidate in offers if offer.category == category),
            _without_fit(tools),
        )
        for category, tools in _by_category(basis, against)
    ]


@figure(_NEEDED)
def tool_picker(basis: Basis) -> ToolPicker:
    """Show suitable tools for a team, by category, workflow complexity and number of integrations."""
    against = _against(basis)
    categories = _by_category(basis, against)
    grids = (Grid(category, _rows(tools), _without_fit(tools)) for category, tools in categories)
    return ToolPicker(tuple(grids), tuple(_offers(basis, against)), against)


def _against(basis: Basis) -> Mapping[str, str]:
    """Return the reason not to choose a tool for anything new, by its ID."""
    found: dict[str, str] = {}
    for each in tool_audit(basis).tools if basis.meets(AUDIT_NEEDS) else ():
        if each.recommendation.action == "sunset":
            found[each.tool.id] = _("the tool audit recommends phasing it out")
    values = {tool.id: tool.data for tool in basis.entries("tool")}
    for name, value in values.items():
        if has_ended(value):
            successor = basis.catalogue.resolve(("tool",), in_use_instead(name, values.get))
            found[name] = (
                _("not for anything new; use %(tool)s instead", tool=successor.name)
                if successor
                else _("not for anything new")
            )
    return found


def _rows(tools: Sequence[Entry]) -> tuple[Row, ...]:
    def cell(complexity: str, needs: str) -> Cell:
        fits = ((tool, tool.data["fit"]) for tool in tools if "fit" in tool.data)
        suitable = (
            tool
            for tool, fit in fits
            if complexity in fit["workflow_complexity"] and needs in fit["integration_needs"]
        )
        return Cell(needs, tuple(suitable))

    if not any("fit" in tool.data for tool in tools):
        return ()
    return tuple(Row(name, tuple(cell(name, needs) for needs in NEEDS)) for name in COMPLEXITIES)


def _by_category(basis: Basis, against: Mapping[str, str]) -> Sequence[tuple[str, Sequence[Entry]]]:
    """Return the categories with their tools, in the order of the schema."""
    tools = _tools(basis, against)
    return [
        (category, [tool for tool in tools if category in categories_of(basis, tool)])
        for category in used_values(tools, "category")
    ]


def _tools(basis: Basis, against: Mapping[str, str]) -> Sequence[Entry]:
    """Return all tools: those in use first, then by name; those not to choose last."""
    return sorted(
        basis.entries("tool"),
        key=lambda tool: (tool.id in against, choice_index(tool, "status"), tool.name.casefold()),
    )


def _without_fit(tools: Sequence[Entry]) -> tuple[Entry, ...]:
    return tuple(tool for tool in tools if "fit" not in tool.data)


def _offers(basis: Basis, against: Mapping[str, str]) -> Iterator[Offer]:
    for tool in _tools(basis, against):
        if "fit" not in tool.data:
            continue
        fit = tool.data["fit"]
        size, complexity, needs = fit["team_size"], fit["workflow_complexity"], fit["integration_needs"]
        reasons = (
            _(
                "made for %(first)s to %(last)s people",
                first=format_number(size["from"]),
                last=format_number(size["to"]),
            ),
            _("supports %(choices)s workflows", choices=listed([*map(choice_in_sentence, complexity)])),
            _("suited to %(choices)s integrations", choices=listed([*map(choice_in_sentence, needs)])),
        )
        for category in categories_of(basis, tool):
            yield Offer(
                tool,
                category,
                size["from"],
                size["to"],
                complexity,
                needs,
                reasons,
                _note(tool),
                against.get(tool.id, ""),
                is_proposed(tool.data),
            )


_NOTES = {
    "active": N_("in use"),
    "trial": N_("in trial"),
    "proposed": N_("proposed, not purchased"),
    "sunset": N_("in sunset"),
}


def _note(tool: Entry) -> str:
    status = tool.data.get("status")
    if status is None:
        return _("status unknown")
    known = status in _NOTES and not is_own(status)
    return _(_NOTES[status]) if known else within_sentence(status)
