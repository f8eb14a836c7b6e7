"""Match the headings of a document to the sections of its template."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from handbook.lint.manuscript import BOLD, Block, Heading
from handbook.lint.matching import DOWNLOAD_LEVEL, Section, match_headings


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A part of the document: a heading and the text below it, down to the next part.

    Attributes:
        heading: The heading; `None` for the text above the first one.
        section: Its section of the template; `None` for a section of its own.
        is_misspelt: Whether the heading only resembles the section's.
        is_repeated: Whether an earlier part is the same section.
        blocks: The text below it.
    """

    heading: Heading | None
    section: Section | None = None
    is_misspelt: bool = False
    is_repeated: bool = False
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Outline:
    """The parts of a document.

    Attributes:
        level: The heading level of most of its sections.
        parts: The parts, from top to bottom.
        sections: The sections of the template.
    """

    level: int
    parts: Sequence[Part]
    sections: Sequence[Section]

    @property
    def found(self) -> Sequence[tuple[Heading, Part, Section]]:
        """Return the parts that are sections of the template, in the order of the document."""
        return [(part.heading, part, part.section) for part in self.parts if part.heading and part.section]

    def part_at(self, line: int) -> Part:
        """Return the part that a line is in."""
        return self.parts[bisect_right(self._starts, line)]

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [part.heading.span.line for part in self.parts if part.heading]

    @property
    def missing(self) -> Sequence[Section]:
        """Return the required sections that are missing."""
        present = {section.index for _, _, section in self.found}
        return [section for section in self.sections if section.required and section.index not in present]


def sections_of(template: Mapping[str, Any]) -> list[Section]:
    """Return the sections of a template."""
    return [
        Section(
            index,
            str(section["name"]),
            bool(section.get("required")),
            str(section.get("guidance", "")),
            str(section.get("example", "")),
        )
        for index, section in enumerate(template.get("sections", ()))
        if section.get("name")
    ]


def make_outline(parts: Iterable[Heading | Block], sections: Sequence[Section]) -> Outline:
    """Split a document into parts."""
    parts = list(parts)
    headings = [part.heading if isinstance(part, Block) else part for part in parts]
    matches = match_headings([heading for heading in headings if heading], sections)
    outline = [Part(None)]
    seen: set[int] = set()
    for part, heading in zip(parts, headings, strict=True):
        section = matches.section_of(heading) if heading else None
        if section is not None:
            outline.append(Part(heading, section, heading in matches.misspelt, section.index in seen))
            seen.add(section.index)
        elif isinstance(part, Block):
            outline[-1].blocks.append(part)
        elif part.level <= matches.level:
            outline.append(Part(part))
    return Outline(matches.level if matches.level < BOLD else DOWNLOAD_LEVEL, outline, sections)


def out_of_order(found: Sequence[int]) -> set[int]:
    """Return the fewest numbers to move so that the rest is in ascending order."""
    # The longest ascending run: for each length, the smallest number that ends one, and the number before it.
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number in found:
        place = bisect_left(ends, number)
        before[number] = ends[place - 1] if place else None
        ends[place : place + 1] = [number]
    kept = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return set(found) - kept
