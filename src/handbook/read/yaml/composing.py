"""Compose nodes from bytes with libyaml, which is fast and well tested.

Input that could harm later stages is refused here: other encodings, invisible characters, nesting that would
overflow the stack, aliases that would fill the memory.
"""

from __future__ import annotations

import re
from typing import Any

from yaml import Node, ScalarNode
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # it is there, the stubs do not export it
from yaml.error import MarkedYAMLError
from yaml.events import AliasEvent, CollectionEndEvent, NodeEvent, ScalarEvent
from yaml.resolver import BaseResolver

from handbook.base.collector import collector_paused
from handbook.base.regex import regex
from handbook.read.yaml.aliases import alias_fault
from handbook.read.yaml.codes import FILLER, find_code, with_whole_characters
from handbook.read.yaml.decoding import FORBIDDEN, RefusedError
from handbook.read.yaml.faults import Fault, FaultKind
from handbook.read.yaml.limits import MAX_DEPTH, most_nodes
from handbook.read.yaml.nodes import every_node
from handbook.read.yaml.syntax import syntax_fault

PLAIN = "plain"  # the tag of an unquoted scalar, whose value the core schema decides
TEXT = "text"  # the tag of a quoted or block scalar, which is always text
COLLECTION = "collection"

EMPTY = Fault(FaultKind.EMPTY, "Empty file", "Add an entry, or delete the file")

_ANCHOR = regex(r"(?:^|[\s\[{,:?-])&[^\s,\[\]{}]", re.MULTILINE)
_ALIAS = regex(r"(?:^|[\s\[{,:?-])\*[^\s,\[\]{}]", re.MULTILINE)
BARE_TAG = re.compile(r"!(?<![^\s,\[{]!)(?!\S)")
"""The tag `!`, which libyaml does not report."""


class _TooDeepError(Exception):
    """Raised while composing if nesting passes `MAX_DEPTH`, before libyaml's stack can overflow."""


class _TooManyError(Exception):
    """Raised while composing if there are too many nodes for the size of the text, before memory is short."""


class _Composer(CParser, BaseResolver):
    """Composer of libyaml that leaves the meaning of scalars to us and stops in time."""

    def __init__(self, text: str) -> None:
        CParser.__init__(self, text)
        BaseResolver.__init__(self)
        self._depth = 0
        self._left = most_nodes(text)

    def resolve(self, kind: type[Node], value: str | None, implicit: Any) -> str:
        if kind is ScalarNode:
            return PLAIN if implicit[0] else TEXT
        return COLLECTION

    def descend_resolver(self, current_node: Node | None, current_index: Any) -> None:
        self._depth += 1
        self._left -= 1
        if self._depth > MAX_DEPTH:
            raise _TooDeepError
        if self._left < 0:
            raise _TooManyError

    def ascend_resolver(self) -> None:
        self._depth -= 1


def compose(text: str) -> Node:
    """Compose the nodes of a text, with their marks.

    Raises:
        RefusedError: The text is not one YAML document, is empty, or could harm later stages.
    """
    try:
        with collector_paused():
            root = _Composer(with_whole_characters(text)).get_single_node()
    except _TooDeepError as error:
        raise RefusedError(text, _depth_fault(text)) from error
    except _TooManyError as error:
        raise RefusedError(text, _number_fault(text)) from error
    except MarkedYAMLError as error:
        raise RefusedError(text, syntax_fault(text, error)) from error
    if root is None:
        raise RefusedError(text, EMPTY)
    if "\\" in text:
        _read_codes(root, text)
    bare_tags = {match.start() for match in BARE_TAG.finditer(text)}
    if bare_tags:
        _restore_bare_tags(root, bare_tags)
    fault = alias_fault(root) if _ALIAS.search(text) and _ANCHOR.search(text) else None
    if fault:
        raise RefusedError(text, fault)
    return root


def _read_codes(root: Node, text: str) -> None:
    """Remove the filler from texts, and check the characters of their codes.

    Raises:
        RefusedError: A code produces a character that is forbidden in files.
    """
    for node in every_node(root):
        if isinstance(node, ScalarNode) and node.style == '"':
            node.value = node.value.replace(FILLER, "")
            found = FORBIDDEN.search(node.value)
            if found:
                start = node.start_mark.index
                first, last = find_code(text[start : node.end_mark.index], FORBIDDEN)
                message = f"Code for the invisible character U+{ord(found[0]):04X} is not allowed"
                hint = "Remove the code, or use two backslashes for a backslash"
                fault = Fault(FaultKind.CHARACTER, message, hint, start + first, start + last)
                raise RefusedError(text, fault)


def _depth_fault(text: str) -> Fault:
    """Find the place with the scanner only, because composing that deep could overflow the stack."""
    parser = CParser(text)
    depth = 0
    while True:
        event: Any = parser.get_event()
        depth += isinstance(event, NodeEvent)
        if depth > MAX_DEPTH:
            break
        depth -= isinstance(event, (ScalarEvent, AliasEvent, CollectionEndEvent))
    return Fault(
        FaultKind.DEPTH,
        f"Lists and mappings are nested more than {MAX_DEPTH} deep",
        "Remove brackets or dashes that were repeated by mistake",
        event.start_mark.index,
        event.start_mark.index + 1,
    )


def _number_fault(text: str) -> Fault:
    return Fault(
        FaultKind.DEPTH,
        f"More than {most_nodes(text):,} keys and values, hardly any of them with text",
        "Remove brackets, commas or dashes that were repeated by mistake",
        0,
        1,
    )


def _restore_bare_tags(root: Node, places: set[int]) -> None:
    """Restore the tag `!` of texts and numbers.

    libyaml drops it, so `! Important` would lose its first character and `! "12"` would be a number.
    """
    for node in every_node(root):
        if isinstance(node, ScalarNode) and node.start_mark.index in places:
            node.tag = "!"
