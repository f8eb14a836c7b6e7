"""Draw integrations: names around a circle, with an arrow for each integration.

The diagram is inline SVG, like process flows: it needs no script, uses the colours of the page, prints well
and has a description.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from handbook.base.choices import label_of, meaning_of
from handbook.base.language import N_, _
from handbook.base.text import escape

_SMALLEST = 130
_ROOM = 18
"""The addition to the radius for each name."""

_CHARACTER = 7.4
_LABEL = 12
_MARGIN = 34
_PULL = 0.6
"""The curvature of a line towards the middle of the circle; 1 is straight."""

_BEND = 9
"""The curvature of a line to its right, which separates lines in opposite directions."""

_HEAD = 8
_SIDEWAYS = 0.35
_SAMPLE = 34
_LEGEND = 22


@dataclass(frozen=True, slots=True)
class _Point:
    x: float
    y: float

    def towards(self, other: _Point, distance: float) -> _Point:
        """Return the point at a distance on the line to another point."""
        length = math.hypot(other.x - self.x, other.y - self.y) or 1
        share = distance / length
        return _Point(self.x + (other.x - self.x) * share, self.y + (other.y - self.y) * share)

    def __str__(self) -> str:
        return f"{self.x:.1f} {self.y:.1f}"


def draw_network(nodes: Iterable[Any], connections: Sequence[Any], title: object) -> Markup:
    """Draw integrations as an inline SVG figure.

    Args:
        nodes: The tools, in their order around the circle; each is displayed as its name.
        connections: Views of integrations with `sender`, `receiver`, `mutual`, `carries` and `how`.
        title: The title of the diagram, for its description.
    """
    names = [str(node) for node in nodes]
    if not names:
        return Markup()
    radius = max(_SMALLEST, _ROOM * len(names))
    side = _LABEL + max(map(len, names)) * _CHARACTER
    middle = _Point(radius + side, radius + _MARGIN)
    angles = [2 * math.pi * at / len(names) - math.pi / 2 for at in range(len(names))]
    places = {
        name: _Point(middle.x + radius * math.cos(angle), middle.y + radius * math.sin(angle))
        for name, angle in zip(names, angles, strict=True)
    }
    ways = list(dict.fromkeys(each.how or "unsaid" for each in connections))
    width, height = 2 * middle.x, 2 * middle.y
    body = [
        _line(places[str(each.sender)], places[str(each.receiver)], middle, each)
        for each in connections
        if str(each.sender) != str(each.receiver)
    ]
    body += [_node(name, places[name], angle) for name, angle in zip(names, angles, strict=True)]
    body += [_sample(way, at, height) for at, way in enumerate(ways)]
    return Markup(
        '<figure class="hb-net" tabindex="0" data-search-exclude>'
        '<svg viewBox="0 0 {w:.0f} {h:.0f}" width="{w:.0f}" height="{h:.0f}" role="img" '
        'aria-label="{label}"><desc>{told}</desc>{body}</svg></figure>'
    ).format(
        w=width,
        h=height + _LEGEND * len(ways),
        label=escape(str(title)),
        told=escape(". ".join(map(_told, connections))),
        body=Markup().join(body),
    )


def _told(connection: Any) -> str:
    """Return an integration as a sentence."""
    carries = f": {connection.carries}" if connection.carries else ""
    how = f" ({label_of(connection.how) or connection.how})" if connection.how else ""
    ends = {"sender": connection.sender, "receiver": connection.receiver}
    if connection.mutual:
        sentence = _("%(sender)s exchanges data with %(receiver)s", **ends)
    else:
        sentence = _("%(sender)s sends to %(receiver)s", **ends)
    return f"{sentence}{carries}{how}"


def _line(start: _Point, end: _Point, middle: _Point, connection: Any) -> Markup:
    bend = _control(start, end, middle)
    heads = [_head(bend, end), *([_head(bend, start)] if connection.mutual else [])]
    return Markup('<g class="hb-net__way hb-net__way--{}"><path d="M{} Q{} {}"/>{}</g>').format(
        escape(str(meaning_of(connection.how or "unsaid"))),
        start.towards(bend, _HEAD),
        bend,
        end.towards(bend, 2 * _HEAD - 1),
        Markup().join(heads),
    )


def _control(start: _Point, end: _Point, middle: _Point) -> _Point:
    """Return the control point of a line."""
    x, y = (start.x + end.x) / 2, (start.y + end.y) / 2
    length = math.hypot(end.x - start.x, end.y - start.y) or 1
    return _Point(
        middle.x + (x - middle.x) * _PULL - (end.y - start.y) / length * _BEND,
        middle.y + (y - middle.y) * _PULL + (end.x - start.x) / length * _BEND,
    )


def _head(origin: _Point, point: _Point) -> Markup:
    """Return an arrowhead that ends just before a point, from the direction of another."""
    tip, back = point.towards(origin, _HEAD - 1), point.towards(origin, 2 * _HEAD - 1)
    across_x, across_y = (tip.y - back.y) / 2, (back.x - tip.x) / 2
    left, right = _Point(back.x + across_x, back.y + across_y), _Point(back.x - across_x, back.y - across_y)
    return Markup('<polygon points="{} {} {}"/>').format(tip, left, right)


def _node(name: str, place: _Point, angle: float) -> Markup:
    """Return a point with its name: next to it, or above or below it at the top and bottom."""
    cos, sin = math.cos(angle), math.sin(angle)
    anchor = "middle" if abs(cos) < _SIDEWAYS else "start" if cos > 0 else "end"
    x = place.x + (0 if anchor == "middle" else math.copysign(_LABEL, cos))
    y = place.y + (math.copysign(_LABEL + 2, sin) if anchor == "middle" else 0) + 4
    return Markup(
        '<circle cx="{:.1f}" cy="{:.1f}" r="5"/><text x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>'
    ).format(place.x, place.y, x, y, anchor, escape(name))


def _sample(way: str, at: int, top: float) -> Markup:
    """Return the legend of a line type."""
    y = top + _LEGEND * at + 4
    return Markup(
        '<g class="hb-net__way hb-net__way--{}"><path d="M8 {y:.1f} h{}"/></g>'
        '<text x="{}" y="{:.1f}">{}</text>'
    ).format(escape(str(meaning_of(way))), _SAMPLE, 16 + _SAMPLE, y + 4, escape(_label(way)), y=y)


def _label(way: str) -> str:
    return label_of(way) or _(_WORDS.get(way, way.replace("-", " ")))


_WORDS = {
    "native": N_("native"),
    "api": N_("custom (API)"),
    "automation": N_("automation platform"),
    "manual": N_("manual"),
    "unsaid": N_("not specified"),
}
