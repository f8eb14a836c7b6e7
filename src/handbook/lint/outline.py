"""Match the headings of a document to the sections of its template."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from handbook.base.words import nearest
from handbook.lint.manuscript import Block, Heading, words

DOWNLOAD_LEVEL = 2
"""The level of the sections in the download of a template."""

_SURE = 0.85
"""The likeness at which a heading counts as an optional section. It could also be a section of its own."""

_LIKELY = 0.6
"""The likeness at which a heading counts as a required section, which would be missing otherwise."""

_MOST_LIKE = 1000
"""The most headings to compare with missing sections."""

_NUMBER = re.compile(r"\s*(?:(?:\d+\.)+\d*\)?|\d+\))\s+")
_OPTIONAL = re.compile(r"\(optional\)\s*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the template.

    Attributes:
        index: Its place among the sections, from 0.
        name: Its heading.
        required: Whether it is required.
        guidance: The guidance of the template.
        example: The example of the template; can be empty.
    """

    index: int
    name: str
    required: bool
    guidance: str
    example: str


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


@dataclass(frozen=True, slots=True)
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
    headings = [part for part in parts if isinstance(part, Heading)]
    level = _level(headings, sections)
    assigned = _by_name(headings, sections, level)
    misspelt = _by_likeness(headings, sections, level, assigned)
    outline = [Part(None)]
    seen: set[int] = set()
    for part in parts:
        if isinstance(part, Block):
            outline[-1].blocks.append(part)
            continue
        section = assigned.get(part) or misspelt.get(part)
        if section is not None:
            outline.append(Part(part, section, part in misspelt, section.index in seen))
            seen.add(section.index)
        elif part.level <= level:
            outline.append(Part(part))
    return Outline(level, outline, sections)


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


def _key(name: str) -> tuple[str, ...]:
    """Return a heading without a number before it or a note after it, for comparison."""
    return words(_OPTIONAL.sub("", _NUMBER.sub("", name)))


def _level(headings: Sequence[Heading], sections: Sequence[Section]) -> int:
    names = {_key(section.name) for section in sections}
    on_level = {(heading.level, _key(heading.name)) for heading in headings}
    counted = Counter(level for level, name in on_level if name in names)
    return max(
        counted, key=lambda level: (counted[level], level == DOWNLOAD_LEVEL, -level), default=DOWNLOAD_LEVEL
    )


def _by_name(headings: Sequence[Heading], sections: Sequence[Section], level: int) -> dict[Heading, Section]:
    """Return the sections by the headings with their names. A repeated heading is the first section again."""
    of_name: dict[tuple[str, ...], list[Section]] = defaultdict(list)
    for section in sections:
        of_name[_key(section.name)].append(section)
    assigned: dict[Heading, Section] = {}
    used: Counter[tuple[str, ...]] = Counter()
    # Headings of another level count only if there is none at the correct level.
    for heading in sorted(headings, key=lambda heading: heading.level != level):
        name = _key(heading.name)
        if name in of_name and (heading.level == level or used[name] < len(of_name[name])):
            assigned[heading] = of_name[name][min(used[name], len(of_name[name]) - 1)]
            used[name] += 1
    return assigned


def _by_likeness(
    headings: Sequence[Heading],
    sections: Sequence[Section],
    level: int,
    assigned: Mapping[Heading, Section],
) -> dict[Heading, Section]:
    """Return the missing sections by similar headings."""
    present = {section.index for section in assigned.values()}
    others = [heading for heading in headings if heading not in assigned and heading.level == level]
    free = {" ".join(_key(heading.name)): heading for heading in reversed(others[:_MOST_LIKE])}
    found: dict[Heading, Section] = {}
    for section in sorted(sections, key=lambda section: not section.required):
        if section.index not in present:
            name = " ".join(_key(section.name))
            near = nearest(name, free, _LIKELY if section.required else _SURE)
            if near is not None:
                found[free.pop(near)] = section
    return found
