"""Find the sections of a template that the headings of a document are, however they are written."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from handbook.lint.manuscript import BOLD, PLAIN, Heading, words

DOWNLOAD_LEVEL = 2
"""The level of the sections in the download of a template."""

_SURE = 0.85
"""The likeness at which a heading counts as an optional section. It could also be a section of its own."""

_LIKELY = 0.6
"""The likeness at which a heading counts as a required section, which would be missing otherwise."""

_SHARED = 1 / 3
"""The share of their words that a heading and a required section have in common: *Risks* for *Risks and open
questions*."""

_MOST_LIKE = 1000
"""The most headings to compare with missing sections."""

_LONGEST = 100
_NUMBER = re.compile(r"\s*(?:(?:\d+\.)+\d*\)?|\d+\))\s+")
_LOOSE_NUMBER = re.compile(
    r"\A\s*(?:\d+(?:\.\d+)*\\?[.):]?|(?:[A-Za-z]|[IVXivx]{1,5})\\?[.):])\s+(?:[\u2013\u2014-]\s+)?"
)
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_OPTIONAL = re.compile(r"\(optional\)\s*\Z", re.IGNORECASE)
_MINOR = frozenset(
    {"a", "an", "for", "in", "is", "of", "on", "or", "our", "out", "the", "to", "we", "what", "why"}
    | {"das", "der", "die", "für", "von", "was", "wir", "zu", "zur"}
)
"""Words that two headings can have in common without being about the same subject."""


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


@dataclass(frozen=True, slots=True)
class Matches:
    """The sections of the template that a document has.

    Attributes:
        level: The level of most of them.
        exact: The sections by the headings with their names.
        misspelt: The sections by headings that resemble their names.
    """

    level: int
    exact: Mapping[Heading, Section]
    misspelt: Mapping[Heading, Section]

    def section_of(self, heading: Heading) -> Section | None:
        """Return the section that a heading is, if any."""
        return self.exact.get(heading) or self.misspelt.get(heading)


def match_headings(headings: Sequence[Heading], sections: Sequence[Section]) -> Matches:
    """Find the sections of a template among the headings of a document."""
    level = _level(headings, sections)
    exact = _by_name(headings, sections, level)
    return Matches(level, exact, _by_likeness(headings, sections, level, exact))


def heading_number(name: str) -> str:
    """Return the number at the start of a heading, with the space after it; empty if it has none."""
    match = _NUMBER.match(name)
    return match[0] if match else ""


def _key(name: str) -> tuple[str, ...]:
    """Return a heading without a number before it, a note after it, hyphens and *and*, for comparison."""
    text = _HYPHEN.sub("", _OPTIONAL.sub("", _NUMBER.sub("", name)))
    return tuple(word for word in words(text) if word not in {"and", "und"}) or words(name)


def _keys(name: str) -> tuple[tuple[str, ...], ...]:
    """Return a heading for comparison: as it is, and without a letter or a number that can be part of it."""
    return _key(name), _key(_LOOSE_NUMBER.sub("", name, count=1))


def _level(headings: Sequence[Heading], sections: Sequence[Section]) -> int:
    """Return the level of most sections. Lines count only if no heading is a section."""
    names = {_key(section.name) for section in sections}
    on_level = {(heading.level, key) for heading in headings for key in _keys(heading.name) if key in names}
    counted = Counter(level for level, _ in on_level)
    return max(
        counted,
        key=lambda level: (level < BOLD, counted[level], level == DOWNLOAD_LEVEL, -level),
        default=_usual_level(headings),
    )


def _usual_level(headings: Sequence[Heading]) -> int:
    """Return the level of most headings, if none of them has the name of a section."""
    counted = Counter(heading.level for heading in headings if heading.level <= BOLD)
    several = [level for level in counted if counted[level] > 1]
    return max(several, key=lambda level: (level < BOLD, counted[level]), default=DOWNLOAD_LEVEL)


def _by_name(headings: Sequence[Heading], sections: Sequence[Section], level: int) -> dict[Heading, Section]:
    """Return the sections by the headings with their names. A repeated heading is the first section again."""
    of_name: dict[tuple[str, ...], list[Section]] = defaultdict(list)
    for section in sections:
        of_name[_key(section.name)].append(section)
    assigned: dict[Heading, Section] = {}
    used: Counter[tuple[str, ...]] = Counter()
    # Headings of another level count only if there is none at the correct level, and lines last.
    for heading in sorted(headings, key=lambda heading: (heading.level != level, heading.level >= BOLD)):
        name = next(filter(of_name.__contains__, _keys(heading.name)), None)
        if name is None:
            continue
        is_free = used[name] < len(of_name[name])
        if is_free or (heading.level == level and level < PLAIN):
            assigned[heading] = of_name[name][min(used[name], len(of_name[name]) - 1)]
            used[name] += 1
    return assigned


def _by_likeness(
    headings: Sequence[Heading], sections: Sequence[Section], level: int, assigned: Mapping[Heading, Section]
) -> dict[Heading, Section]:
    """Return the missing sections by similar headings, each by the most similar one."""
    present = {section.index for section in assigned.values()}
    missing = [section for section in sections if section.index not in present]
    others = [heading for heading in headings if heading not in assigned and heading.level == level < PLAIN]
    pairs = [
        (likeness, section.index, heading, section)
        for heading in others[:_MOST_LIKE]
        for section in missing
        if (likeness := _likeness(heading.name, section))
    ]
    found: dict[Heading, Section] = {}
    for _, index, heading, section in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
        if heading not in found and index not in present:
            found[heading] = section
            present.add(index)
    return found


def _likeness(name: str, section: Section) -> float:
    """Return how similar a heading is to a section, or 0 if it is something else."""
    heading, wanted = _keys(name)[-1], _key(section.name)
    letters = _ratio(" ".join(heading)[:_LONGEST], " ".join(wanted), _LIKELY if section.required else _SURE)
    if not section.required:
        return letters
    one, other = _stems(heading), _stems(wanted)
    shared = len(one & other) / max(len(one | other), 1)
    return max(letters, _LIKELY + (1 - _LIKELY) * shared if shared >= _SHARED else 0.0)


def _ratio(one: str, other: str, least: float) -> float:
    matcher = SequenceMatcher(None, one, other)
    is_near = matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least
    ratio = matcher.ratio() if is_near else 0.0
    return ratio if ratio >= least else 0.0


def _stems(name: Sequence[str]) -> frozenset[str]:
    """Return the words that matter, without the ending of the plural."""
    return frozenset(word.removesuffix("s") for word in name if word not in _MINOR)
