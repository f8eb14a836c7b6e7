"""Find fields with another indent than those next to them: YAML often objects only to the next line."""

from __future__ import annotations

import re

from handbook.read.yaml.changes import Change
from handbook.read.yaml.lines import START, Lines, Slip, without_comment

_GOES_ON = tuple("\"'[{|>&!")
"""Starts of values that can continue on lines with any further indent."""


def outdented_field(lines: Lines, number: int) -> Slip | None:
    """Find the fields above a line that are indented less than it and those above them."""
    indent, parts = lines.indent(number), START.match(lines[number])
    above = _above(lines, number)
    if above is None or parts is None or not parts["key"] or parts["dashes"] or lines.indent(above) >= indent:
        return None
    run, top = _run_above(lines, above)
    if not run or top is None:
        return None
    name = _key(lines, run[0])
    is_below_empty = lines.indent(top) == lines.indent(above)
    if not is_below_empty and lines.indent(top) != indent:
        return None
    depths = [_is_deeper(lines, each, indent) for each in run]
    start = lines.start(run[0]) + lines.indent(run[0])
    if is_below_empty or all(depths):
        changes = tuple(
            Change(lines.start(each), lines.start(each) + lines.indent(each), " " * indent) for each in run
        )
        message = f"Field `{name}` is indented less than the fields next to it"
        hint = f"Indent it like `{parts['key']}`, with {indent} spaces"
        return Slip(message, hint, start, start + len(name), changes, is_safe=False)
    if len(run) > 1 or depths[0] is False:
        return None
    message = f"`{name}` and `{parts['key']}` on the next line have different indents"
    hint = f"Give both the same: indent `{name}` further, or `{parts['key']}` less"
    return Slip(message, hint, start, start + len(name))


def outdented_in_item(lines: Lines, number: int) -> Slip | None:
    """Find a field of an item that is indented less than those above it, but more than the hyphen."""
    indent, parts = lines.indent(number), START.match(lines[number])
    above = _above(lines, number)
    if above is None or parts is None or not parts["key"] or parts["dashes"]:
        return None
    depth = indent
    while lines.indent(above) > indent:
        depth = lines.indent(above)
        above = _above(lines, above)
        if above is None:
            return None
    top = START.match(lines[above])
    if top is None or not top["dashes"] or len(top["indent"]) == indent:
        return None
    if depth != len(top["indent"]) + len(top["dashes"]):
        return None
    return _misplaced(lines, number, depth, "less than the fields above it", "them")


def indented_field(lines: Lines, number: int) -> Slip | None:
    """Find a field that is indented further than the one above it, which has a value of its own."""
    indent, parts = lines.indent(number), START.match(lines[number])
    above = _above(lines, number)
    first = START.match(lines[above]) if above is not None else None
    # The names of fields have no capital letters.
    if (
        parts is None
        or first is None
        or not (parts["key"] or "").islower()
        or parts["dashes"]
        or not first["key"]
    ):
        return None
    depth = len(first["indent"]) + len(first["dashes"])
    value = without_comment(f" {first['value']}").strip()
    if indent <= depth or not value or value.startswith(_GOES_ON):
        return None
    other = f"`{first['key']}`"
    return _misplaced(lines, number, depth, f"further than {other}, which has a value", other)


def _misplaced(lines: Lines, number: int, depth: int, how: str, others: str) -> Slip:
    """Return a field that belongs below others, with the spaces that it needs."""
    start, indent, name = lines.start(number), lines.indent(number), _key(lines, number)
    return Slip(
        f"Field `{name}` is indented {how}",
        f"Indent it like {others}, with {depth} spaces",
        start + indent,
        start + indent + len(name),
        (Change(start, start + indent, " " * depth),),
        is_safe=False,
    )


def _above(lines: Lines, number: int) -> int | None:
    """Return the nearest line above that has more than a comment."""
    above = lines.above(number)
    while above is not None and lines.is_comment(above):
        above = lines.above(above)
    return above


def _run_above(lines: Lines, number: int) -> tuple[list[int], int | None]:
    """Return a line and those above it with fields of the same indent, upwards to down, and the one above."""
    run: list[int] = []
    each: int | None = number
    while each is not None and lines.indent(each) == lines.indent(number):
        parts = START.match(lines[each])
        value = without_comment(f" {parts['value']}").strip() if parts else ""
        if parts is None or not parts["key"] or parts["dashes"] or value.startswith(_GOES_ON):
            return [], None
        if not value:
            break
        run.insert(0, each)
        each = _above(lines, each)
    return run, each


def _key(lines: Lines, number: int) -> str:
    parts = START.match(lines[number])
    return parts["key"] if parts else ""


def _is_deeper(lines: Lines, number: int, indent: int) -> bool | None:
    """Return whether the field of a line has another indent on other lines; `None` if it is on no other."""
    name = re.escape(_key(lines, number))
    as_here = len(re.findall(rf"(?m)^ {{{lines.indent(number)}}}{name}:", lines.text)) - 1
    deeper = len(re.findall(rf"(?m)^ {{{indent}}}{name}:", lines.text))
    return None if as_here == deeper else deeper > as_here
