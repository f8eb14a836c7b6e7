"""What experiments taught, by tag, so that nobody asks the same question twice."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from handbook.figures.basis import Basis
from handbook.link.catalogue import Entry

UNTAGGED = "other"


@dataclass(frozen=True, slots=True)
class LearningLibrary:
    """The experiments that are over, under each of their tags.

    Attributes:
        tags: The experiments of each tag, those decided last first; those without a tag come last.
        unread: Experiments that are over and say nothing of what was learned.
    """

    tags: tuple[tuple[str, tuple[Entry, ...]], ...]
    unread: tuple[Entry, ...]


def learning_library(basis: Basis) -> LearningLibrary:
    """What experiments taught, with what was decided, by tag."""
    ended = [entry for entry in basis.catalogue.entries("experiment").values() if "decision" in entry.data]
    ended.sort(key=lambda entry: (entry.data["decision"]["date"], entry.id), reverse=True)
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in ended:
        if entry.data.get("learning"):
            for tag in entry.data.get("tags") or (UNTAGGED,):
                groups[tag].append(entry)
    tags = sorted(groups, key=lambda tag: (tag == UNTAGGED, tag))
    return LearningLibrary(
        tuple((tag, tuple(groups[tag])) for tag in tags),
        tuple(entry for entry in ended if not entry.data.get("learning")),
    )
