"""Compose nodes from bytes with libyaml, which is fast and well tested.

Input that could harm later stages is refused here: other encodings, invisible characters, nesting that would
overflow the stack, aliases that would fill the memory.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from yaml import Node, ScalarNode
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # it is there, the stubs do not export it
from yaml.error import MarkedYAMLError
from yaml.events import AliasEvent, CollectionEndEvent, NodeEvent, ScalarEvent
from yaml.resolver import BaseResolver

from handbook.read.yaml.aliases import alias_fault
from handbook.read.yaml.changes import Change
from handbook.read.yaml.codes import FILLER, find_code, with_whole_characters
from handbook.read.yaml.faults import Fault, FaultKind
from handbook.read.yaml.nodes import MAX_DEPTH, every_node
from handbook.read.yaml.syntax import syntax_fault

FREE_NODES = 100_000
"""The keys and values that any file can have, however dense it is."""

CHARACTERS_OF_A_NODE = 6
"""The characters that each further key or value needs. Sources have ten or more; a text with fewer is only
brackets and commas, and needs hundreds of times its own size in memory."""

PLAIN = "plain"  # the tag of an unquoted scalar, whose value the core schema decides
TEXT = "text"  # the tag of a quoted or block scalar, which is always text
COLLECTION = "collection"

EMPTY = Fault(FaultKind.EMPTY, "Empty file", "Add an entry, or delete the file")

FORBIDDEN = re.compile(
    # In addition to what YAML forbids: U+0085, U+2028 and U+2029, which YAML 1.2 reads as text and libyaml as
    # line ends, and a byte order mark inside the text. They are invisible, so no one adds them on purpose.
    # The pattern lists forbidden characters: Python takes twenty times as long to compile the opposite.
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
_MEANINGLESS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff]")
"""Those that can be removed: the others end a line, or are another character in the wrong encoding."""

_ANCHOR = re.compile(r"(?:^|[\s\[{,:?-])&[^\s,\[\]{}]", re.MULTILINE)
_ALIAS = re.compile(r"(?:^|[\s\[{,:?-])\*[^\s,\[\]{}]", re.MULTILINE)
BARE_TAG = re.compile(r"!(?<![^\s,\[{]!)(?!\S)")
"""The tag `!`, which libyaml does not report."""


class RefusedError(Exception):
    """Raised for a text without a value, with as much of the text as could be decoded."""

    def __init__(self, text: str, fault: Fault) -> None:
        super().__init__(fault.message)
        self.text = text
        self.fault = fault


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


@contextmanager
def collector_paused() -> Iterator[None]:
    """Turn off Python's cyclic collector for a while.

    Composing creates millions of objects and no garbage, so every pass of the collector is wasted, and the
    passes grow with the tree: composing becomes quadratic. Only the thread that turned the collector off
    turns it on again, so overlapping threads leave it as the first one found it.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def most_nodes(text: str) -> int:
    """Return the most keys and values that a text can have."""
    return FREE_NODES + len(text) // CHARACTERS_OF_A_NODE


def decode(data: bytes) -> str:
    """Decode the bytes of a file, without a byte order mark.

    Raises:
        RefusedError: The text is not UTF-8, or contains a character that YAML forbids.
    """
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").removeprefix("\ufeff")
        wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        message = "File is UTF-16" if wide else f"Byte 0x{data[error.start]:02x} is not valid UTF-8"
        hint = "Save the file in UTF-8 encoding"
        raise RefusedError(
            before, Fault(FaultKind.ENCODING, message, hint, len(before), len(before) + 1)
        ) from error
    forbidden = FORBIDDEN.search(text)
    if forbidden:
        message = f"Invisible character U+{ord(forbidden[0]):04X} is not allowed"
        hint = "Remove it, or type the text again"
        removed = tuple(Change(*found.span(), "") for found in _MEANINGLESS.finditer(text))
        is_all = len(removed) == sum(1 for _ in FORBIDDEN.finditer(text))
        fault = Fault(FaultKind.CHARACTER, message, hint, *forbidden.span(), removed if is_all else ())
        raise RefusedError(text, fault)
    return text


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
