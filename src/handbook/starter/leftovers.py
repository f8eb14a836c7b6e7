"""Leave out what refers to entries and pages that a new handbook doesn't have.

Validation finds these places, so that "leads nowhere" means the same here as in a finding.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from handbook.base.findings import Finding
from handbook.read.schemas.places import is_optional
from handbook.read.schemas.shapes import Shape
from handbook.starter.pruning import without
from handbook.starter.rewriting import Place, chain_at, rewritten
from handbook.write.parts import Part, Parts

CODES = frozenset({"HB201", "HB204", "HB207", "HB208", "HB215", "HB220", "HB331", "HB612"})
"""The rules whose findings are about something that is not there."""

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def prune(path: str, text: str, findings: Iterable[Finding], shapes: Mapping[Place, Shape]) -> str:
    """Return the text of a file without the parts that findings are about.

    Args:
        path: The file.
        text: Its text.
        findings: The findings of the file.
        shapes: The schemas of the entries in the file, by their places.
    """
    places = sorted({(each.span.line, each.span.column) for each in findings}, reverse=True)
    if path.endswith(".md"):
        return _prune_page(text, places)
    return _prune_yaml(text, places, shapes)


def _prune_page(text: str, places: Sequence[tuple[int, int]]) -> str:
    head = _FRONT_MATTER.match(text)
    lines = text.split("\n")
    first = text.count("\n", 0, head.end()) if head else 0
    body = lines[first:]
    body = _without_all(body, [(line - 1 - first, column - 1) for line, column in places if line > first])
    return "\n".join([*lines[:first], *body]).rstrip("\n") + "\n"


def _without_all(lines: list[str], places: Sequence[tuple[int, int]]) -> list[str]:
    """Return a text without the parts around several places, the last place first.

    A place in a part that has changed already is left for the next round, which finds it again.
    """
    changed = len(lines)
    for number, column in places:
        if number < changed:
            new = without(lines, number, column)
            same = (index for index, (old, now) in enumerate(zip(lines, new, strict=False)) if old != now)
            changed, lines = next(same, min(len(lines), len(new))), new
    return lines


def _prune_yaml(text: str, places: Sequence[tuple[int, int]], shapes: Mapping[Place, Shape]) -> str:
    parts = Parts(text)
    removed: set[Place] = set()
    blocks: dict[Place, list[tuple[int, int]]] = defaultdict(list)
    chains: dict[Place, list[tuple[Place, Part]]] = {}
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    for line, column in places:
        chain = chain_at(parts, starts[line - 1] + column - 1)
        place, part = chain[-1]
        chains[place] = chain
        if part.is_block_text or "\n" in text[part.start : part.end]:
            blocks[place].append((line, column))
        else:
            _remove(removed, chain, shapes)
    lines = text.split("\n")
    for place in sorted(blocks, key=lambda each: chains[each][-1][1].start, reverse=True):
        part = chains[place][-1][1]
        first = parts.line(part.start) if part.is_block_text else parts.line(part.start) - 1
        last = parts.line(part.end - 1)
        body = lines[first:last]
        if not part.is_block_text or isinstance(place[-1], int):
            _remove(removed, chains[place], shapes)
            continue
        body = _without_all(body, [(line - 1 - first, column - 1) for line, column in blocks[place]])
        if any(line.strip() for line in body):
            lines[first:last] = body
        else:
            _remove(removed, chains[place], shapes)
    pruned = "\n".join(lines)
    return rewritten(pruned, removed, {}) if removed else pruned


def _remove(removed: set[Place], chain: Sequence[tuple[Place, Part]], shapes: Mapping[Place, Shape]) -> None:
    """Remove the smallest part around a place that can be left out, and what then is empty."""
    for index in range(len(chain) - 1, 0, -1):
        place, around = chain[index][0], chain[index - 1][1]
        if not around.is_block:
            continue
        if isinstance(place[-1], str) and not _is_optional(place, shapes):
            continue
        removed.add(place)
        siblings = [(*place[:-1], step) for step in _steps(around)]
        if not all(each in removed for each in siblings):
            return


def _steps(part: Part) -> list[str | int]:
    return [key.name for key in part.keys] if part.is_mapping else list(range(len(part.children)))


def _is_optional(place: Place, shapes: Mapping[Place, Shape]) -> bool:
    for at, shape in shapes.items():
        if place[: len(at)] == at and len(place) > len(at):
            return is_optional(shape, place[len(at) :])
    return False
