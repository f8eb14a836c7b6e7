"""Draw flows from several sources into one target; a larger volume has a broader line.

The diagram is inline SVG, like process flows: it needs no script, uses the colours of the page and has a
description.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from markupsafe import Markup

from handbook.base.language import _
from handbook.base.named_tuples import NamedTuple
from handbook.base.text import escape

_EDGE = 6
_SOURCE = 190
_LANE = 110
_TARGET = 120
_GAP = 14
_PORT = 3
_PAD = 14
_LINE = 16
_BROADEST = 18
_THINNEST = 1.5
_CHARACTERS = 26
_CHARACTERS_OF_TARGET = 15


class Stream(NamedTuple):
    """One line of the diagram.

    Attributes:
        source: The source.
        about: A short text below the source.
        label: A short text on the line, such as the tools in between.
        amount: The volume; `None` if unknown.
    """

    source: str
    about: str
    label: str
    amount: float | None


class _Box(NamedTuple):
    """A shape of the diagram, with its text and a small line below it."""

    css: str
    x: float
    y: float
    width: float
    height: float
    lines: Sequence[str]
    small: str


def draw_streams(rows: Sequence[Sequence[object]], target: object, about: object, title: object) -> Markup:
    """Draw flows from several sources into one target, as an inline SVG figure.

    Args:
        rows: The source, the text below it, the text on its line, and the volume of each stream.
        target: The target of all streams.
        about: A short text below the target.
        title: The title of the diagram, for its description.
    """
    streams = [
        Stream(str(source), str(small), str(label), amount if isinstance(amount, (int, float)) else None)
        for source, small, label, amount in rows
    ]
    most = max((stream.amount or 0 for stream in streams), default=0)
    broad = [_breadth(stream.amount, most) for stream in streams]
    names = [textwrap.wrap(stream.source, _CHARACTERS) for stream in streams]
    heights = [_LINE * (len(lines) + 1) + _PAD for lines in names]
    end = textwrap.wrap(str(target), _CHARACTERS_OF_TARGET)
    tall = max(sum(broad) + _PORT * len(broad) + _PAD, _LINE * (len(end) + 1) + _PAD)
    inside = max(sum(heights) + _GAP * (len(heights) - 1), tall)
    height = inside + 2 * _EDGE
    right = _EDGE + _SOURCE + _LANE
    width = right + _TARGET + _EDGE
    top = (height - sum(heights) - _GAP * (len(heights) - 1)) / 2
    port = (height - sum(broad) - _PORT * (len(broad) - 1)) / 2
    lines: list[Markup] = []
    boxes = [_drawn(_Box("hb-flow__end", right, (height - tall) / 2, _TARGET, tall, end, str(about)))]
    for stream, stroke, name, high in zip(streams, broad, names, heights, strict=True):
        lines.append(_line(stream, top + high / 2, port + stroke / 2, stroke, right))
        boxes.append(_drawn(_Box("hb-flow__step", _EDGE, top, _SOURCE, high, name, stream.about)))
        top += high + _GAP
        port += stroke + _PORT
    told = [", ".join(filter(None, (stream.source, stream.about, stream.label))) for stream in streams] + [
        _("All flow into %(target)s, %(about)s", target=target, about=about)
    ]
    return Markup(
        '<figure class="hb-flow" data-search-exclude><svg viewBox="0 0 {w:g} {h:g}" width="{w:g}" '
        'height="{h:g}" role="img" aria-label="{label}"><desc>{told}</desc>{body}</svg></figure>'
    ).format(
        w=width,
        h=height,
        label=escape(str(title)),
        told=escape(". ".join(told)),
        body=Markup().join([*lines, *boxes]),
    )


def _breadth(amount: float | None, most: float) -> float:
    return max(round(_BROADEST * amount / most, 1), _THINNEST) if amount and most else _THINNEST


def _line(stream: Stream, start: float, end: float, stroke: float, right: float) -> Markup:
    left = _EDGE + _SOURCE
    middle = left + _LANE / 2
    unknown = Markup(' stroke-dasharray="4 4"') if stream.amount is None else Markup()
    path = Markup(
        '<path class="hb-flow__stream" stroke-width="{}"{} d="M{} {:g}C{:g} {:g} {:g} {:g} {} {:g}"/>'
    ).format(stroke, unknown, left, start, middle, start, middle, end, right, end)
    if not stream.label:
        return path
    return path + Markup('<text class="hb-flow__answer" x="{}" y="{:g}">{}</text>').format(
        left + 6, start - stroke / 2 - 4, escape(stream.label)
    )


def _drawn(box: _Box) -> Markup:
    middle = box.x + box.width / 2
    base = box.y + box.height / 2 - _LINE * (len(box.lines) + bool(box.small)) / 2 + 12
    rows = [
        Markup('<text x="{:g}" y="{:g}">{}</text>').format(middle, base + _LINE * index, escape(line))
        for index, line in enumerate(box.lines)
    ]
    if box.small:
        rows.append(
            Markup('<text class="hb-flow__role" x="{:g}" y="{:g}">{}</text>').format(
                middle, base + _LINE * len(box.lines), escape(box.small)
            )
        )
    shape = Markup('<rect x="{:g}" y="{:g}" width="{:g}" height="{:g}" rx="6"/>').format(
        box.x, box.y, box.width, box.height
    )
    return Markup('<g class="{}">{}{}</g>').format(box.css, shape, Markup().join(rows))
