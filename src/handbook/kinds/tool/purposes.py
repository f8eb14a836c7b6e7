"""The tools for each purpose: those in use, and those that are only listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from handbook.kinds.any.basis import Basis, used_values
from handbook.kinds.any.figure import figure
from handbook.link.catalogue import Entry
from handbook.read.values import state_of

_CATEGORIES: Mapping[str, str] = MappingProxyType(
    {
        "tracker": "project-management",
        "roadmap": "roadmap",
        "analytics": "analytics",
        "feedback": "feedback",
        "flags": "experimentation",
        "chat": "communication",
    }
)
"""The category of each job that has one: a tool of another category can do the job, too."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """A category with its tools.

    Attributes:
        category: The category.
        used: The active tools, including tools of other categories that do a job of this one.
        listed: The others: proposed, in trial, in sunset or retired.
    """

    category: str
    used: tuple[Entry, ...]
    listed: tuple[Entry, ...]


@figure({"tool": ("category", "status")})
def tools_by_purpose(basis: Basis) -> tuple[Purpose, ...]:
    """Show the tools of each category: those in use, and those that are only listed."""
    tools = basis.entries("tool")
    return tuple(_purpose(basis, category) for category in used_values(tools, "category"))


def _purpose(basis: Basis, category: str) -> Purpose:
    tools = [tool for tool in basis.entries("tool") if category in categories_of(basis, tool)]
    own = [tool for tool in tools if tool.data.get("category") == category]
    others = [tool for tool in tools if tool not in own]
    return Purpose(
        category,
        tuple(tool for tool in (*own, *others) if state_of(tool.data) == "active"),
        tuple(tool for tool in own if state_of(tool.data) != "active"),
    )


def categories_of(basis: Basis, tool: Entry) -> Sequence[str]:
    """Return the category of a tool, and those of the jobs that it does for the company."""
    jobs = (_CATEGORIES.get(job, "") for job, name in basis.settings.jobs.items() if name == tool.id)
    return list(dict.fromkeys((str(tool.data.get("category") or ""), *filter(None, jobs))))
