"""Find items of a list that lost their hyphen: their fields then repeat those of the item above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from handbook.read.yaml.changes import Change
from handbook.read.yaml.faults import Fault, FaultKind, short
from handbook.read.yaml.nodes import every_node


def find_lost_dashes(root: Node) -> list[tuple[Fault, int]]:
    """Return a fault for each item without its hyphen, and the offset where the whole of both items ends."""
    found = []
    for items in every_node(root):
        for item in items.value if _starts_with_dash(items) else ():
            if isinstance(item, MappingNode) and not item.flow_style:
                dash = items.start_mark.column
                found += [(_fault(key, dash), item.end_mark.index) for key in _first_keys(item)]
    return found


def _starts_with_dash(node: Node) -> bool:
    """Return whether a node is a list on lines of its own, and starts with a hyphen, not with an anchor."""
    if not isinstance(node, SequenceNode) or node.flow_style or not node.value:
        return False
    return bool(node.value[0].start_mark.line == node.start_mark.line)


def _first_keys(item: MappingNode) -> Iterator[Node]:
    """Return the keys in an item that start another: the first with another value, then one again."""
    # A key after `? ` or an anchor has another column.
    column = item.start_mark.column
    fields = [
        (key, value)
        for key, value in item.value
        if isinstance(key, ScalarNode) and not key.style and key.start_mark.column == column
    ]
    if not fields:
        return
    first, value = fields[0]
    names: set[str] = set()
    for (key, each), (following, _) in pairwise(fields):
        is_another = key.value == first.value and isinstance(each, ScalarNode) and each.value != value.value
        if is_another and following.value in names:
            yield key
            names, value = set(), each
        names.add(key.value)


def _fault(key: Node, dash: int) -> Fault:
    start, end, name = key.start_mark.index, key.end_mark.index, short(key.value)
    width = key.start_mark.column - dash
    return Fault(
        FaultKind.SYNTAX,
        f"Missing hyphen: `{name}` starts another item of the list",
        f"Use `- {name}: …`",
        start,
        end,
        (Change(start - width, start, "-".ljust(width)),),
    )


def without_repetitions(faults: Sequence[Fault], lost: Sequence[tuple[Fault, int]]) -> list[Fault]:
    """Return faults with those of lost hyphens, and without the fields that seem to be there twice for it."""
    others = [
        fault
        for fault in faults
        if fault.kind is not FaultKind.DUPLICATE_KEY
        or not any(dash.start <= fault.start < end for dash, end in lost)
    ]
    return sorted([*others, *(fault for fault, _ in lost)], key=lambda fault: fault.start)
