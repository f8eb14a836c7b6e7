"""Compare two versions of a settings file key by key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from handbook.base.named_tuples import NamedTuple
from handbook.read.yaml.composing import COLLECTION, PLAIN, TEXT
from handbook.read.yaml.nodes import children

_MEANINGFUL_ORDER = {"plugins", "markdown_extensions"}
"""Keys whose parts have a meaningful order, even in a mapping."""

_HARMLESS_TAGS = {COLLECTION, PLAIN, TEXT}

Path = tuple[str, ...]


class KeyChange(NamedTuple):
    """A key that differs.

    Attributes:
        what: The event.
        path: The path of keys to it, with items of lists by name.
        node: The key in the later version, or its parent if it was removed; `None` at the top.
    """

    what: Literal["Added", "Changed", "Removed", "Reordered"]
    path: Path
    node: Node | None


class _Part(NamedTuple):
    """A part of a mapping or a list: its place and its value."""

    place: Node
    value: Node


def key_changes(before: Node, after: Node, is_text: Callable[[Path], bool]) -> Iterator[KeyChange]:
    """Yield the deepest keys that differ, in the order of the later version.

    Args:
        before: The earlier version.
        after: The later version.
        is_text: Tells whether a path has only text. Text is ignored unless it has a tag.
    """
    return _changes(before, after, (), None, is_text)


def _changes(
    before: Node, after: Node, path: Path, place: Node | None, is_text: Callable[[Path], bool]
) -> Iterator[KeyChange]:
    if _frozen(before) == _frozen(after) or (is_text(path) and not _has_tag(after)):
        return
    then, now = _parts(before), _parts(after)
    if then is None or now is None or type(before) is not type(after) or before.tag != after.tag:
        yield KeyChange("Changed", path, place)
        return
    has_order = isinstance(after, SequenceNode) or (path and path[-1] in _MEANINGFUL_ORDER)
    if has_order and [name for name in now if name in then] != [name for name in then if name in now]:
        yield KeyChange("Reordered", path, place)
    for name in then:
        if name not in now and not is_text((*path, name)):
            yield KeyChange("Removed", (*path, name), place)
    for name, part in now.items():
        if name in then:
            yield from _changes(then[name].value, part.value, (*path, name), part.place, is_text)
        elif not is_text((*path, name)) or _has_tag(part.value):
            yield KeyChange("Added", (*path, name), part.place)


def _parts(node: Node) -> dict[str, _Part] | None:
    """Return the parts by name; `None` if there are none, or two have the same name."""
    if isinstance(node, MappingNode):
        named = [
            (key.value if isinstance(key, ScalarNode) else "?", _Part(key, value))
            for key, value in node.value
        ]
    elif isinstance(node, SequenceNode):
        named = [_item(item, number) for number, item in enumerate(node.value, 1)]
    else:
        return None
    parts = dict(named)
    return parts if len(parts) == len(named) else None


def _item(item: Node, number: int) -> tuple[str, _Part]:
    """Return an item with its name, such as that of a plugin with options, or with its number."""
    if isinstance(item, ScalarNode):
        return item.value, _Part(item, item)
    if isinstance(item, MappingNode) and len(item.value) == 1 and isinstance(item.value[0][0], ScalarNode):
        ((name, value),) = item.value
        return name.value, _Part(name, value)
    return str(number), _Part(item, item)


def _frozen(node: Node) -> object:
    """Return the content of a node, without its place."""
    if isinstance(node, ScalarNode):
        return node.tag, node.value
    return type(node).__name__, node.tag, tuple(map(_frozen, children(node)))


def _has_tag(node: Node) -> bool:
    """Return whether a tag, such as `!ENV` or `!!python/name`, makes a node more than text."""
    return node.tag not in _HARMLESS_TAGS or any(map(_has_tag, children(node)))
