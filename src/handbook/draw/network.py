"""Draw integrations in columns: data flows from left to right, from tools that send to those that receive.

The diagram is inline SVG, like process flows: it needs no script, uses the colours of the page, prints well
and has a description.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, TypedDict

from markupsafe import Markup

from handbook.base.choices import label_of, meaning_of
from handbook.base.language import N_, _
from handbook.base.named_tuples import NamedTuple
from handbook.base.text import escape
from handbook.draw.layers import Columns, Line, Role, arrange

_WIDTH = 172
_HEIGHT = 46
_ROW = 60
_LANE = 18
_GAP = 80
_MARGIN = 22
"""The room around the nodes: the frame of a column begins in its middle."""
_TITLE = 22
_BULGE = 38
"""How far a line between two tools of a column goes to the right."""
_HEAD = 7
_CHARACTERS = 20
"""The characters of a name that fit into a node."""
_NOTE_CHARACTERS = 25


class Tool(TypedDict):
    """A tool of the diagram.

    Attributes:
        key: What scripts know it by. It is without spaces.
        name: Its name.
        url: Its URL, or `None`.
        note: A few words about it.
        is_ending: Whether it is in sunset or retired.
    """

    key: object
    name: object
    url: object
    note: object
    is_ending: bool


class _Place(NamedTuple):
    """The upper left corner of a node, or the start of a lane."""

    x: float
    y: float


def draw_network(tools: Iterable[Tool], connections: Iterable[Any], title: object) -> Markup:
    """Draw the integrations between some tools as inline SVG, with a legend.

    Args:
        tools: The tools.
        connections: Views of integrations with `sender`, `receiver`, `mutual`, `carries` and `how`. Those
            with other tools are left out.
        title: The title of the diagram, for its description.
    """
    named = {str(tool["name"]): tool for tool in tools}
    ends = [(str(each.sender), str(each.receiver), each) for each in connections]
    inside = [(a, b, each) for a, b, each in ends if a != b and a in named and b in named]
    lines = [
        Line(sender, receiver, each.mutual, str(meaning_of(each.how or "unsaid")))
        for sender, receiver, each in inside
    ]
    if not lines:
        return Markup()
    columns = arrange(list(named), lines)
    places, height = _places(columns)
    keys = {name: tool["key"] for name, tool in named.items()}
    body = list(_frames(columns.roles, height))
    for line, (*_ends, each) in zip(lines, inside, strict=True):
        body.append(_line(line, each.how, columns, places, keys))
    for number, items in enumerate(columns.items):
        body += [_node(named[item], places[number, item]) for item in items if isinstance(item, str)]
    return Markup(
        '<ul class="hb-net__legend">{}</ul><div class="hb-net__room" tabindex="0">'
        '<svg viewBox="0 0 {w:.0f} {h:.0f}" width="{w:.0f}" height="{h:.0f}" role="group" aria-label="{}">'
        "<desc>{}</desc>{}</svg></div>"
    ).format(
        _legend({line.way: each.how or "unsaid" for line, (*_ends, each) in zip(lines, inside, strict=True)}),
        escape(str(title)),
        escape(". ".join(_told(each) for *_ends, each in inside)),
        Markup().join(body),
        w=_frame(columns.roles, range(len(columns.roles)))[1] + _MARGIN,
        h=height,
    )


def _places(columns: Columns) -> tuple[dict[tuple[int, object], _Place], float]:
    """Return the place of each item by its column, and the height of the diagram. The columns are centred."""
    heights = [[_ROW if isinstance(item, str) else _LANE for item in items] for items in columns.items]
    most = max(map(sum, heights))
    top = _MARGIN + _TITLE
    places: dict[tuple[int, object], _Place] = {}
    for number, items in enumerate(columns.items):
        y = top + (most - sum(heights[number])) / 2
        for item, room in zip(items, heights[number], strict=True):
            is_node = isinstance(item, str)
            inset = (_ROW - _HEIGHT) / 2 if is_node else _LANE / 2
            places[number, item] = _Place(_MARGIN + number * (_WIDTH + _GAP), y + inset)
            y += room
    return places, top + most + _MARGIN


_TITLES = {Role.SOURCE: N_("Sources"), Role.HUB: N_("Hubs"), Role.DESTINATION: N_("Destinations")}
_MEANINGS = {
    Role.SOURCE: N_("only send"),
    Role.HUB: N_("receive and send"),
    Role.DESTINATION: N_("only receive"),
}


def _frames(roles: Sequence[Role], height: float) -> Iterator[Markup]:
    """Yield the frames around the columns of each role, with their titles."""
    for role, group in groupby(enumerate(roles), key=lambda each: each[1]):
        x, width = _frame(roles, [number for number, _role in group])
        yield Markup(
            '<rect class="hb-net__frame" x="{:.0f}" y="{edge:.0f}" width="{:.0f}" height="{:.0f}" rx="8"/>'
            '<text class="hb-net__role" x="{:.0f}" y="{:.0f}">{} <tspan>{}</tspan></text>'
        ).format(
            *(x, width, height - _MARGIN, x + _MARGIN / 2, _MARGIN / 2 + 20),
            *(escape(_(_TITLES[role])), escape(_(_MEANINGS[role]))),
            edge=_MARGIN / 2,
        )


def _frame(roles: Sequence[Role], numbers: Sequence[int]) -> tuple[float, float]:
    """Return where the frame of some columns begins, and its width, with room for lines within a column."""
    x = _MARGIN / 2 + numbers[0] * (_WIDTH + _GAP)
    width = len(numbers) * (_WIDTH + _GAP) - _GAP + _MARGIN
    has_bulge = numbers[-1] == len(roles) - 1 and roles[-1] is Role.HUB
    return x, width + _BULGE * has_bulge


def _line(
    line: Line,
    how: object,
    columns: Columns,
    places: Mapping[tuple[int, object], _Place],
    keys: Mapping[str, object],
) -> Markup:
    """Return the line of an integration, with a head at each end that receives."""
    first, last = columns.numbers[line.sender], columns.numbers[line.receiver]
    (x1, y1), (x2, y2) = places[first, line.sender], places[last, line.receiver]
    # Lines in opposite directions are apart.
    y1, y2 = y1 + _HEIGHT / 2 - 5, y2 + _HEIGHT / 2 + 5
    if first < last:
        x1, bend_1, bend_2, into = x1 + _WIDTH, _GAP / 2, -_GAP / 2, 1
    elif first > last:
        x2, bend_1, bend_2, into = x2 + _WIDTH, -_GAP / 2, _GAP / 2, -1
    else:
        x1, x2, bend_1, bend_2, into = x1 + _WIDTH, x2 + _WIDTH, _BULGE, _BULGE, -1
    tip = x2 - into * _HEAD
    heads = [_head(x2, y2, into)]
    start = x1
    if line.mutual:
        back = -1 if bend_1 > 0 else 1
        heads.append(_head(x1, y1, back))
        start -= back * _HEAD
    path = f"M{start:.1f} {y1:.1f} "
    x, y = start, y1
    for place in (places[each] for each in columns.lanes(line)):
        path += f"C{x + bend_1:.1f} {y:.1f} {place.x + bend_2:.1f} {place.y:.1f} {place.x:.1f} {place.y:.1f} "
        x, y = place.x + _WIDTH, place.y
        path += f"H{x:.1f} "
    path += f"C{x + bend_1:.1f} {y:.1f} {tip + bend_2:.1f} {y2:.1f} {tip:.1f} {y2:.1f}"
    label = Markup()
    if line.way == "manual":
        label = Markup('<text class="hb-net__label" x="{:.1f}" y="{:.1f}">{}</text>').format(
            (x + x2 + (bend_1 + bend_2) * 0.75) / 2, (y + y2) / 2 - 5, escape(_label(how))
        )
    return Markup('<g class="hb-net__way hb-net__way--{}" data-ends="{} {}"><path d="{}"/>{}{}</g>').format(
        escape(line.way), keys[line.sender], keys[line.receiver], path, Markup().join(heads), label
    )


def _head(x: float, y: float, into: int) -> Markup:
    """Return an arrowhead that ends at a point. `into`: 1 if it points to the right, -1 to the left."""
    back = x - into * _HEAD
    return Markup('<polygon points="{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}"/>').format(
        x, y, back, y - _HEAD / 2, back, y + _HEAD / 2
    )


def _node(tool: Tool, place: _Place) -> Markup:
    x, y = place
    name, note = _shortened(tool["name"], _CHARACTERS), _shortened(tool["note"], _NOTE_CHARACTERS)
    look = "hb-net__node hb-net__node--ending" if tool["is_ending"] else "hb-net__node"
    inner = Markup(
        '<rect x="{x:.0f}" y="{y:.0f}" width="{}" height="{}" rx="6"/>'
        '<text x="{:.0f}" y="{:.0f}">{}</text><text class="hb-net__note" x="{:.0f}" y="{:.0f}">{}</text>'
    ).format(_WIDTH, _HEIGHT, x + 12, y + 20, name, x + 12, y + 36, note, x=x, y=y)
    if tool["url"] is None:
        return Markup('<g class="{}" data-node="{}">{}</g>').format(look, tool["key"], inner)
    link = Markup('<a class="{}" data-node="{}" href="{}">{}</a>')
    return link.format(look, tool["key"], escape(str(tool["url"])), inner)


def _shortened(text: object, most: int) -> str:
    short = str(text)
    return escape(short if len(short) <= most else f"{short[: most - 1]}…")


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


def _legend(ways: Mapping[str, object]) -> Markup:
    """Return what each type of line means."""
    item = Markup(
        '<li><svg viewBox="0 0 34 8" width="34" height="8" aria-hidden="true">'
        '<g class="hb-net__way hb-net__way--{}"><path d="M0 4 h34"/></g></svg>{}</li>'
    )
    return Markup(" ").join(item.format(way, escape(_label(how))) for way, how in ways.items())


def _label(how: object) -> str:
    return label_of(how) or _(_WORDS.get(str(how), str(how).replace("-", " ")))


_WORDS = {
    "native": N_("native"),
    "api": N_("custom (API)"),
    "automation": N_("automation platform"),
    "manual": N_("manual"),
    "unsaid": N_("not specified"),
}
