"""Look into composed nodes."""

from __future__ import annotations

from collections.abc import Iterator

from yaml import MappingNode, Node, ScalarNode, SequenceNode


def children(node: Node) -> list[Node]:
    """Return the child nodes of a node, including keys."""
    if isinstance(node, MappingNode):
        return [part for pair in node.value for part in pair]
    return node.value if isinstance(node, SequenceNode) else []


def every_node(root: Node | None) -> Iterator[Node]:
    """Yield every node once, in the order of the text."""
    seen: set[int] = set()
    waiting = [root] if root else []
    while waiting:
        node = waiting.pop()
        if id(node) not in seen:
            seen.add(id(node))
            waiting += reversed(children(node))
            yield node


def value_of(node: Node | None, key: str) -> Node | None:
    """Return the value of a key; of several, the last."""
    pairs = reversed(node.value) if isinstance(node, MappingNode) else ()
    return next((value for name, value in pairs if name.value == key), None)


def text_of(node: Node | None) -> str:
    """Return a single text; empty for anything else."""
    return node.value if isinstance(node, ScalarNode) else ""


def texts_of(node: Node | None, key: str = "") -> Iterator[str]:
    """Yield the texts of a list or a single value; for a mapping, the text at a key."""
    for item in node.value if isinstance(node, SequenceNode) else [node]:
        text = text_of(item) or (text_of(value_of(item, key)) if key else "")
        if text:
            yield text
