"""Draw integrations in layers: data flows from left to right, from tools that send to those that receive.

The diagram is inline SVG, like process flows: it needs no script, uses the colours of the page, prints well
and has a description. A tool to which almost everything reports, such as a chat, is a line of text below, so
that it isn't in the middle of all lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from handbook.base.choices import label_of, meaning_of
from handbook.base.language import N_, _
from handbook.base.text import escape

_WIDTH = 164
_HEIGHT = 36
_ROW = 56
_GAP = 96
_MARGIN = 12
_MOST_LAYERS = 4
_BULGE = 44
"""How far a line between two tools of a layer goes to the right."""
_HEAD = 7
_CHARACTERS = 20
"""The characters of a name that fit into a node."""
_SAMPLE = 34
_LEGEND = 22


def draw_network(
    nodes: Iterable[Any],
    connections: Sequence[Any],
    title: object,
    bus: object = None,
    addresses: Sequence[object] = (),
) -> Markup:
    """Draw integrations as an inline SVG figure.

    Args:
        nodes: The tools; each is displayed as its name.
        connections: Views of integrations with `sender`, `receiver`, `mutual`, `carries` and `how`.
        title: The title of the diagram, for its description.
        bus: The tool that is a line of text, not a node.
        addresses: The URL of each tool, or `None`.
    """
    names = [str(node) for node in nodes]
    if not names:
        return Markup()
    urls = dict(zip(names, addresses, strict=False))
    shown = [name for name in names if name != str(bus)]
    inside = [
        each
        for each in connections
        if str(each.sender) in shown
        and str(each.receiver) in shown
        and str(each.sender) != str(each.receiver)
    ]
    layers = _layers(shown, [(str(each.sender), str(each.receiver)) for each in inside])
    places = {
        name: (_MARGIN + column * (_WIDTH + _GAP), _MARGIN + row * _ROW)
        for column, layer in enumerate(layers)
        for row, name in enumerate(layer)
    }
    ways = list(dict.fromkeys(each.how or "unsaid" for each in inside))
    width = 2 * _MARGIN + len(layers) * _WIDTH + (len(layers) - 1) * _GAP + _BULGE
    height = 2 * _MARGIN + max(map(len, layers), default=0) * _ROW
    numbers = {name: at for at, name in enumerate(names)}
    body = [_line(places[str(each.sender)], places[str(each.receiver)], each, numbers) for each in inside]
    body += [_node(name, places[name], numbers[name], urls.get(name)) for name in places]
    body += [_sample(way, at, height) for at, way in enumerate(ways)]
    return Markup(
        '<figure class="hb-net" tabindex="0" data-hb="network" data-search-exclude>'
        '<svg viewBox="0 0 {w:.0f} {h:.0f}" width="{w:.0f}" height="{h:.0f}" role="group" '
        'aria-label="{label}"><desc>{told}</desc>{body}</svg>{bus}</figure>'
    ).format(
        w=width,
        h=height + _LEGEND * len(ways),
        label=escape(str(title)),
        told=escape(". ".join(map(_told, connections))),
        body=Markup().join(body),
        bus=_bus(str(bus), connections, numbers) if str(bus) in names else "",
    )


def _layers(names: Sequence[str], lines: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Return the names by layer: each is to the right of those that send to it, but for circles."""
    senders: Mapping[str, list[str]] = {name: [a for a, b in lines if b == name] for name in names}
    depth = dict.fromkeys(names, 0)
    for _round in range(_MOST_LAYERS):
        for name in names:
            before = [depth[each] + 1 for each in senders[name] if not _leads(name, each, senders)]
            depth[name] = min(max(before, default=0), _MOST_LAYERS - 1)
    layers: list[list[str]] = [[] for _layer in range(max(depth.values(), default=0) + 1)]
    linked = {end for line in lines for end in line}
    for name in names:
        if name in linked:
            layers[depth[name]].append(name)
    for name in names:
        if name not in linked:
            min(layers, key=len).append(name)
    rows: dict[str, float] = {}
    for layer in layers:
        at = {name: row for row, name in enumerate(layer)}

        wanted = {name: _middle([rows[e] for e in senders[name] if e in rows], at[name]) for name in layer}
        layer.sort(key=wanted.__getitem__)
        rows |= {name: row for row, name in enumerate(layer)}
    return [layer for layer in layers if layer]


def _middle(rows: Sequence[float], otherwise: float) -> float:
    return sum(rows) / len(rows) if rows else otherwise


def _leads(start: str, end: str, senders: Mapping[str, list[str]]) -> bool:
    """Return whether data of a tool reaches another one, over any number of tools."""
    visited, open_names = {end}, [end]
    while open_names:
        for each in senders[open_names.pop()]:
            if each == start:
                return True
            if each not in visited:
                visited.add(each)
                open_names.append(each)
    return False


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


def _line(
    start: tuple[float, float], end: tuple[float, float], connection: Any, numbers: Mapping[str, int]
) -> Markup:
    """Return the line of an integration, with a head at each end that receives."""
    sender, receiver = numbers[str(connection.sender)], numbers[str(connection.receiver)]
    (x1, y1), (x2, y2) = start, end
    # Lines in opposite directions are apart.
    y1, y2 = y1 + _HEIGHT / 2 - 5, y2 + _HEIGHT / 2 + 5
    if x1 < x2:
        x1, bend_1, bend_2, into = x1 + _WIDTH, _GAP / 2, -_GAP / 2, 1
    elif x1 > x2:
        x2, bend_1, bend_2, into = x2 + _WIDTH, -_GAP / 2, _GAP / 2, -1
    else:
        x1, x2, bend_1, bend_2, into = x1 + _WIDTH, x2 + _WIDTH, _BULGE, _BULGE, -1
    tip = x2 - into * _HEAD
    heads = [_head(x2, y2, into)]
    if connection.mutual:
        back = -1 if bend_1 > 0 else 1
        heads.append(_head(x1, y1, back))
        x1 -= back * _HEAD
    label = Markup()
    if meaning_of(connection.how) == "manual":
        label = Markup('<text class="hb-net__label" x="{:.1f}" y="{:.1f}">{}</text>').format(
            (x1 + x2 + (bend_1 + bend_2) * 0.75) / 2, (y1 + y2) / 2 - 5, escape(_label("manual"))
        )
    return Markup(
        '<g class="hb-net__way hb-net__way--{}" data-ends="{} {}">'
        '<path d="M{:.1f} {:.1f} C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}"/>{}{}</g>'
    ).format(
        escape(str(meaning_of(connection.how or "unsaid"))),
        *(sender, receiver, x1, y1, x1 + bend_1, y1, tip + bend_2, y2, tip, y2),
        Markup().join(heads),
        label,
    )


def _head(x: float, y: float, into: int) -> Markup:
    """Return an arrowhead that ends at a point. `into`: 1 if it points to the right, -1 to the left."""
    back = x - into * _HEAD
    return Markup('<polygon points="{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}"/>').format(
        x, y, back, y - _HEAD / 2, back, y + _HEAD / 2
    )


def _node(name: str, place: tuple[float, float], number: int, url: object) -> Markup:
    x, y = place
    short = name if len(name) <= _CHARACTERS else f"{name[: _CHARACTERS - 1]}…"
    box = Markup('<rect x="{:.0f}" y="{:.0f}" width="{}" height="{}" rx="6"/>').format(x, y, _WIDTH, _HEIGHT)
    text = Markup('<text x="{:.0f}" y="{:.0f}">{}</text>').format(x + 14, y + _HEIGHT / 2 + 5, escape(short))
    if url is None:
        return Markup('<g class="hb-net__node" data-node="{}">{}{}</g>').format(number, box, text)
    link = Markup('<a class="hb-net__node" data-node="{}" href="{}">{}{}</a>')
    return link.format(number, escape(str(url)), box, text)


def _bus(bus: str, connections: Sequence[Any], numbers: Mapping[str, int]) -> Markup:
    """Return the tools that exchange data with the bus, as a line of text."""
    tags = []
    for each in connections:
        sender, receiver = str(each.sender), str(each.receiver)
        if bus in {sender, receiver} and sender != receiver:
            other = receiver if sender == bus else sender
            arrow = "⇄" if each.mutual else "←" if sender == bus else "→"
            tags.append(
                Markup('<span class="hb-tag" data-ends="{} {}">{} {}</span>').format(
                    numbers[other], numbers[bus], escape(other), arrow
                )
            )
    line = Markup('<figcaption class="hb-net__bus"><b data-node="{}">{}</b> <span>{}</span></figcaption>')
    return line.format(numbers[bus], escape(bus), Markup(" ").join(tags))


def _sample(way: str, at: int, top: float) -> Markup:
    """Return the legend of a line type."""
    y = top + _LEGEND * at + 8
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
