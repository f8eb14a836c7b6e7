"""Learnings from experiments, by tag."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.link.catalogue import Entry

UNTAGGED = "other"


@dataclass(frozen=True, slots=True)
class LearningLibrary:
    """The completed experiments, by tag.

    Attributes:
        tags: The experiments by their first tag, the latest decision first; each is listed once. Experiments
            without a tag are last.
        also: The experiments that are listed by another tag, by each of these tags that they have.
        unread: The completed experiments without learnings.
    """

    tags: tuple[tuple[str, tuple[Entry, ...]], ...]
    also: Mapping[str, tuple[Entry, ...]]
    unread: tuple[Entry, ...]


@figure({"experiment": ("decision.date", "decision.outcome", "learning.claim")})
def learning_library(basis: Basis) -> LearningLibrary:
    """Show the learnings and decisions of experiments by their first tag, each once."""
    ended = [entry for entry in basis.entries("experiment") if "decision" in entry.data]
    ended.sort(key=lambda entry: (entry.data["decision"]["date"], entry.id), reverse=True)
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in ended:
        if entry.data.get("learning"):
            groups[next(iter(entry.data.get("tags", ())), UNTAGGED)].append(entry)
    tags = sorted(groups, key=lambda tag: (tag == UNTAGGED, tag))
    listed = [entry for group in groups.values() for entry in group]
    return LearningLibrary(
        tuple((tag, tuple(groups[tag])) for tag in tags),
        {tag: tuple(entry for entry in listed if tag in entry.data.get("tags", ())[1:]) for tag in tags},
        tuple(entry for entry in ended if not entry.data.get("learning")),
    )
