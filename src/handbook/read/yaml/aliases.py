"""Refuse aliases that would fill the memory."""

from __future__ import annotations

from yaml import Node, ScalarNode

from handbook.read.yaml.faults import Fault, FaultKind, fault_at
from handbook.read.yaml.limits import MAX_DEPTH
from handbook.read.yaml.nodes import children

_FREE_REPEATED = 50_000
"""The keys and values, and characters in them, that aliases can always repeat. Small files can repeat
themselves freely; larger ones can double."""


def alias_fault(root: Node) -> Fault | None:
    """Return a fault if the aliases below a node expand without end, too far or too deep.

    Composed aliases share nodes, so the tree is small whatever it expands to. Each node is visited once: it
    expands to the sum of its children's nodes and characters, and its height is one more than the highest.
    """
    measured: dict[int, tuple[int, int, int]] = {}
    open_nodes: set[int] = set()
    written_nodes = written_characters = 0

    def measure(node: Node) -> tuple[int, int, int] | Fault:
        nonlocal written_nodes, written_characters
        key = id(node)
        if key in measured:
            return measured[key]
        if key in open_nodes:
            message = "Alias is inside the value that it repeats"
            return fault_at(node, FaultKind.ALIAS, message, "Write the value out")
        open_nodes.add(key)
        nodes, height = 1, 1
        characters = len(node.value) if isinstance(node, ScalarNode) else 0
        written_nodes += nodes
        written_characters += characters
        for child in children(node):
            part = measure(child)
            if isinstance(part, Fault):
                return part
            nodes += part[0]
            characters += part[1]
            height = max(height, part[2] + 1)
        if height > MAX_DEPTH:
            message = f"Aliases nest lists and mappings more than {MAX_DEPTH} deep"
            return fault_at(node, FaultKind.ALIAS, message, "Write the repeated parts out, or remove them")
        open_nodes.remove(key)
        measured[key] = nodes, characters, height
        return measured[key]

    whole = measure(root)
    if isinstance(whole, Fault):
        return whole
    nodes, characters, _ = whole
    if nodes > _FREE_REPEATED + 2 * written_nodes:
        message = f"Aliases in this file expand to {nodes:,} values"
    elif characters > _FREE_REPEATED + 2 * written_characters:
        message = f"Aliases in this file expand to {characters:,} characters"
    else:
        return None
    return fault_at(root, FaultKind.ALIAS, message, "Write the repeated parts out, or remove them")
