"""The places of the keys and values of a YAML text, from its composed nodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from handbook.read.yaml.composing import compose
from handbook.read.yaml.nodes import children
from handbook.read.yaml.quick import Stretch, stretch

_FEW = 30  # the most fields of a mapping to search one by one; for more, an index is built


class Places:
    """The nodes of a text.

    Args:
        root: The outermost node; an empty text has none.
    """

    def __init__(self, root: Node | None) -> None:
        self._root = root
        self._indexes: dict[int, Mapping[str | int, tuple[Node, Node]]] = {}

    def walk(
        self, pointer: Sequence[str | int], former_keys: Mapping[str | int, str]
    ) -> tuple[Node | None, Node | None]:
        """Return the node at a pointer and the node of its key, or the last ones on the path.

        Args:
            pointer: The place of the value.
            former_keys: The former names of fields in the text, by their current names.
        """
        node, key = self._root, None
        for part in pointer:
            if isinstance(node, MappingNode):
                pair = self._pair(node, part) or self._pair(node, former_keys.get(part, part))
                if pair is None:
                    break
                key, node = pair
            elif isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
                key, node = None, node.value[part]
            else:
                break
        return node, key

    def _pair(self, node: MappingNode, key: str | int) -> tuple[Node, Node] | None:
        """Return the nodes of a field and of its key; of duplicates the last, as in the value."""
        if len(node.value) <= _FEW:
            return next((pair for pair in reversed(node.value) if pair[0].value == key), None)
        index = self._indexes.get(id(node))
        if index is None:
            index = {pair[0].value: pair for pair in node.value if isinstance(pair[0], ScalarNode)}
            self._indexes[id(node)] = index
        return index.get(key)

    def with_hash(self, text: str) -> list[Stretch]:
        """Return the start and the end of texts that contain `#`, in the order of the file."""
        found = {
            stretch(text, scalar)
            for scalar in self._scalars()
            if text.find("#", scalar.start_mark.index, scalar.end_mark.index) >= 0
        }
        return sorted(found)

    def blocks(self) -> list[Stretch]:
        """Return the start and the end of block texts, including marks, in the order of the file."""
        blocks = (scalar for scalar in self._scalars() if scalar.style in {"|", ">"})
        return sorted({(block.start_mark.index, block.end_mark.index) for block in blocks})

    def _scalars(self) -> Iterator[ScalarNode]:
        """Yield every scalar, including keys, as often as it occurs."""
        seen: set[int] = set()
        waiting = [self._root] if self._root else []
        while waiting:
            node = waiting.pop()
            if isinstance(node, ScalarNode):
                yield node
            elif id(node) not in seen:
                seen.add(id(node))
                waiting += children(node)


def places_in(text: str) -> Places:
    """Return the places of a valid text."""
    return Places(compose(text))
