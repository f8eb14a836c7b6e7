"""Draw the flow of a process: steps from top to bottom, with jumps at the side.

The diagram is inline SVG. It needs no script, uses the colours of the page, prints well and has a description
for screen readers.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from handbook.base.language import _
from handbook.base.text import escape

_LEFT = 12
_WIDTH = 300
_LINE = 18
_PAD = 12
_GAP = 38
_GAP_LABELLED = 52
_LANE = 22
_CHARACTERS = 36
_ARROW = 7
_EXIT = 20


@dataclass(frozen=True, slots=True)
class _Box:
    """A shape of the diagram: its text, a small line above it, and the number of jumps from its side."""

    id: str
    lines: tuple[str, ...]
    small: str
    css: str
    top: int
    exits: int = 0

    @property
    def height(self) -> int:
        return max(_PAD * 2 + _LINE * (len(self.lines) + bool(self.small)) - 4, _EXIT * self.exits + _PAD)

    @property
    def bottom(self) -> int:
        return self.top + self.height

    @property
    def middle(self) -> int:
        return self.top + self.height // 2


@dataclass(frozen=True, slots=True)
class _Jump:
    """An answer that goes to another step than the next one."""

    source: str
    target: str
    label: str
    exit: int


def draw_flow(steps: Sequence[Any], title: object) -> Markup:
    """Draw steps with their roles and decisions as an inline SVG figure.

    Args:
        steps: Views of steps with `id`, `name`, `role` and `decision`.
        title: The title of the diagram, for its description.
    """
    boxes: dict[str, _Box] = {}
    jumps: list[_Jump] = []
    forward: dict[str, str] = {}
    told: list[str] = []
    top = 4
    for number, step in enumerate(steps, 1):
        following = steps[number].id if number < len(steps) else "end"
        who = f"{number} · {step.role}" if step.role else str(number)
        box = _Box(str(step.id), _wrap(step.name), who, "hb-flow__step", top)
        boxes[box.id] = box
        told.append(f"{number}. {step.name}{f' ({step.role})' if step.role else ''}")
        top = box.bottom
        if step.decision:
            key = f"{step.id}?"
            leaving: list[_Jump] = []
            for answer in step.decision.answers:
                target = str(answer.go_to.id) if answer.go_to else "end"
                told.append(f"{answer.answer}: {answer.ends or _('go to %(step)s', step=answer.go_to.name)}")
                if target == following and key not in forward:
                    forward[key] = str(answer.answer)
                else:
                    leaving.append(_Jump(key, target, str(answer.answer), len(leaving)))
            jumps += leaving
            boxes[key] = _Box(
                key, _wrap(step.decision.question), "", "hb-flow__decision", top + 20, len(leaving)
            )
            top = boxes[key].bottom + (_GAP_LABELLED if key in forward else _GAP)
        else:
            forward[box.id] = ""
            top += _GAP
    boxes["end"] = _Box("end", (_("End"),), "", "hb-flow__end", top)
    return _figure(boxes, forward, jumps, str(title), ". ".join(told))


def _wrap(text: object) -> tuple[str, ...]:
    return tuple(textwrap.wrap(str(text), _CHARACTERS))


def _figure(
    boxes: dict[str, _Box], forward: dict[str, str], jumps: list[_Jump], title: str, told: str
) -> Markup:
    lanes = _lanes(boxes, jumps)
    longest = max((len(jump.label) for jump in jumps), default=0)
    label_room = min(longest, _CHARACTERS) * 7 + 10 if jumps else 0
    width = _LEFT + _WIDTH + label_room + _LANE * (max(lanes, default=-1) + 1) + _LEFT
    height = boxes["end"].bottom + 6
    parts: list[Markup] = []
    ordered = list(boxes.values())
    for box, following in pairwise(ordered):
        if box.id in forward or f"{box.id}?" in boxes:
            parts.append(_down(box, following, forward.get(box.id, "")))
    parts += [_across(boxes, jump, lane, label_room) for jump, lane in zip(jumps, lanes, strict=True)]
    parts += [_shape(box) for box in ordered]
    return Markup(
        '<figure class="hb-flow" data-search-exclude><svg viewBox="0 0 {w} {h}" width="{w}" height="{h}" '
        'role="img" aria-label="{label}">'
        "<desc>{told}</desc>{body}</svg></figure>"
    ).format(w=width, h=height, label=escape(title), told=escape(told), body=Markup().join(parts))


def _lanes(boxes: dict[str, _Box], jumps: list[_Jump]) -> list[int]:
    """Return a lane for each jump: the shortest is nearest, and no two overlap."""
    reach = [sorted((_leaves_at(boxes[jump.source], jump), boxes[jump.target].middle)) for jump in jumps]
    taken: list[list[tuple[int, int, str]]] = []
    lanes = [0] * len(jumps)
    for index in sorted(range(len(jumps)), key=lambda i: (reach[i][1] - reach[i][0], i)):
        low, high = reach[index]
        lane = 0
        while lane < len(taken) and any(low <= b and a <= high for a, b, _ in taken[lane]):
            lane += 1
        if lane == len(taken):
            taken.append([])
        taken[lane].append((low, high, jumps[index].target))
        lanes[index] = lane
    return lanes


def _shape(box: _Box) -> Markup:
    radius = box.height // 2 if box.css == "hb-flow__end" else 6
    half = _LEFT + _WIDTH // 2
    y = box.middle - _LINE * (len(box.lines) + bool(box.small)) // 2 + 13
    rows: list[Markup] = []
    if box.small:
        rows.append(
            Markup('<text class="hb-flow__role" x="{}" y="{}">{}</text>').format(half, y, escape(box.small))
        )
        y += _LINE
    for line in box.lines:
        rows.append(Markup('<text x="{}" y="{}">{}</text>').format(half, y, escape(line)))
        y += _LINE
    if box.css == "hb-flow__decision":
        left, right, middle = _LEFT, _LEFT + _WIDTH, box.middle
        outline = Markup('<path d="M{} {}L{} {}H{}L{} {}L{} {}H{}Z"/>').format(
            left, middle, left + 16, box.top, right - 16, right, middle, right - 16, box.bottom, left + 16
        )
    else:
        outline = Markup('<rect x="{}" y="{}" width="{}" height="{}" rx="{}"/>').format(
            _LEFT, box.top, _WIDTH, box.height, radius
        )
    return Markup('<g class="{}">{}{}</g>').format(box.css, outline, Markup().join(rows))


def _down(box: _Box, following: _Box, label: str) -> Markup:
    x = _LEFT + _WIDTH // 2
    line = Markup('<path class="hb-flow__line" d="M{} {}V{}"/>').format(x, box.bottom, following.top - _ARROW)
    text = (
        Markup('<text class="hb-flow__answer" x="{}" y="{}">{}</text>').format(
            x + 8, (box.bottom + following.top) // 2 + 1, escape(label)
        )
        if label
        else Markup()
    )
    return line + _head(x, following.top, "down") + text


def _leaves_at(box: _Box, jump: _Jump) -> int:
    """Return the height at which an answer leaves its box; several are below each other."""
    return box.middle + _EXIT * jump.exit - _EXIT * (box.exits - 1) // 2


def _across(boxes: dict[str, _Box], jump: _Jump, lane: int, label_room: int) -> Markup:
    source, target = boxes[jump.source], boxes[jump.target]
    right = _LEFT + _WIDTH
    x = right + label_room + _LANE * lane + _LANE // 2
    y = _leaves_at(source, jump)
    line = Markup('<path class="hb-flow__line" d="M{} {}H{}V{}H{}"/>').format(
        right, y, x, target.middle, right + _ARROW
    )
    text = Markup('<text class="hb-flow__answer" x="{}" y="{}">{}</text>').format(
        right + 8, y - 5, escape(jump.label)
    )
    return line + _head(right, target.middle, "left") + text


def _head(x: int, y: int, towards: str) -> Markup:
    """Return an arrowhead with its tip at a point."""
    if towards == "down":
        points = f"{x},{y} {x - 4},{y - _ARROW} {x + 4},{y - _ARROW}"
    else:
        points = f"{x},{y} {x + _ARROW},{y - 4} {x + _ARROW},{y + 4}"
    return Markup('<polygon class="hb-flow__head" points="{}"/>').format(points)
