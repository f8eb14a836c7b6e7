"""One YAML text, read under YAML 1.2 core rules, with the place of every key and value.

libyaml scans and composes, which is fast and well tested. The values are built here: PyYAML's own
constructors follow YAML 1.1, where `no` is false and `12:30` is a number. The composed nodes keep
their marks, so a position costs nothing until somebody asks for it.
"""

from __future__ import annotations

import gc
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from typing import Any, TypeAlias

from yaml import MappingNode, Node, ScalarNode, SequenceNode
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # it is there, the stubs do not export it
from yaml.error import MarkedYAMLError
from yaml.events import AliasEvent, CollectionEndEvent, NodeEvent, ScalarEvent
from yaml.resolver import BaseResolver

from handbook.findings import Span
from handbook.read.scalars import MAX_DIGITS, WORDS, NumberTooLongError, Scalar, resolve_plain

Value: TypeAlias = "Scalar | list[Value] | dict[str, Value]"
Pointer: TypeAlias = Sequence[str | int]

MAX_DEPTH = 100
"""Deepest nesting that is read. libyaml composes by recursion and overflows the C stack far above it."""

MAX_EXPANSION = 10
"""How many times larger than the file's own nodes its values may become once aliases are expanded."""

FREE_EXPANSION = 10_000
"""Expanded nodes that are always allowed, so that small files may repeat themselves freely."""


class FaultKind(Enum):
    """What can be wrong with a file before anybody asks what it says."""

    UNREADABLE = auto()
    ENCODING = auto()
    CHARACTER = auto()
    SYNTAX = auto()
    DUPLICATE_KEY = auto()
    TAG = auto()
    DOCUMENTS = auto()
    MERGE_KEY = auto()
    ALIAS = auto()
    DEPTH = auto()
    KEY = auto()
    EMPTY = auto()
    NUMBER = auto()


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the YAML itself: what, where (offsets in the text), and how to mend it."""

    kind: FaultKind
    message: str
    hint: str = ""
    start: int = 0
    end: int = 0


_PLAIN = "plain"  # the tag of an unquoted scalar, whose value the core schema decides
_TEXT = "text"  # the tag of a quoted or block scalar, which is always text
_COLLECTION = "collection"

_CORE = "tag:yaml.org,2002:"
_CORE_TAGS: dict[str, type | tuple[type, ...]] = {
    f"{_CORE}str": str,
    f"{_CORE}int": int,
    f"{_CORE}float": (int, float),
    f"{_CORE}bool": bool,
    f"{_CORE}null": type(None),
    f"{_CORE}map": dict,
    f"{_CORE}seq": list,
}

_FORBIDDEN = re.compile(
    # Beside what YAML forbids: U+0085, U+2028 and U+2029, which YAML 1.2 reads as text and libyaml as line
    # ends, and a byte order mark inside the text. Nobody sees them, so nobody means them.
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_ANCHOR = re.compile(r"(?:^|[\s\[{,:?-])&[^\s,\[\]{}]", re.MULTILINE)
_ALIAS = re.compile(r"(?:^|[\s\[{,:?-])\*[^\s,\[\]{}]", re.MULTILINE)
_LINE_END = re.compile(r"\r\n|\n|\r")
_BARE_TAG = re.compile(r"(?:^|(?<=[\s,\[{]))!(?=\s|$)")


class _TooDeepError(Exception):
    """Nesting passed `MAX_DEPTH`; raised while composing, before libyaml's own stack is in danger."""


class _Composer(CParser, BaseResolver):
    """libyaml's composer, told to leave the meaning of scalars to us and to stop at a sane depth."""

    def __init__(self, text: str) -> None:
        CParser.__init__(self, text)
        BaseResolver.__init__(self)
        self._depth = 0

    def resolve(self, kind: type[Node], value: str | None, implicit: Any) -> str:
        if kind is ScalarNode:
            return _PLAIN if implicit[0] else _TEXT
        return _COLLECTION

    def descend_resolver(self, current_node: Node | None, current_index: Any) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _TooDeepError

    def ascend_resolver(self) -> None:
        self._depth -= 1


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Python's cyclic collector, off for a while.

    Composing makes millions of objects and no garbage, so every pass of the collector is wasted and
    the passes grow with the tree: composing becomes quadratic. Whoever switched it off switches it on
    again, so threads that overlap here leave it as the first one found it.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class Document:
    """A text, the value it stands for, what is wrong with it, and the place of everything in it.

    Attributes:
        text: The decoded text, without a byte order mark.
        value: What it says, or `None` when it could not be read or says nothing.
        faults: What is wrong with the YAML itself, in the order found.
    """

    def __init__(self, text: str, root: Node | None, value: Value, faults: Sequence[Fault]) -> None:
        self.text = text
        self.value = value
        self.faults = tuple(faults)
        self._root = root

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its line end; empty beyond the last."""
        if not 1 <= number <= len(self._line_starts):
            return ""
        start = self._line_starts[number - 1]
        match = _LINE_END.search(self.text, start)
        return self.text[start : match.start() if match else len(self.text)]

    def span(self, start: int, end: int) -> Span:
        """The span between two offsets in the text; at least one character long."""
        line, column = self._place(start)
        end_line, end_column = self._place(max(end, start + 1))
        return (
            Span(line, column, end_line, end_column) if end_line == line else self._to_line_end(line, column)
        )

    def fault_span(self, fault: Fault) -> Span:
        """Where a fault is."""
        return self.span(fault.start, fault.end)

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def _to_line_end(self, line: int, column: int) -> Span:
        return Span(line, column, line, max(len(self.line(line)) + 1, column + 1))

    def value_span(self, pointer: Pointer) -> Span:
        """Where the value at a pointer stands; of a list or mapping, its first line.

        A pointer that leads nowhere gives the nearest place on the way, so a finding always has one.
        """
        node, _ = self._walk(pointer)
        return Span() if node is None else self.span(node.start_mark.index, node.end_mark.index)

    def text_span(self, pointer: Pointer, text: str) -> Span:
        """Where a piece of the value at a pointer stands; the whole value when it is written otherwise."""
        node, _ = self._walk(pointer)
        if node is not None:
            start = self.text.find(text, node.start_mark.index, node.end_mark.index)
            if start >= 0:
                return self.span(start, start + len(text))
        return self.value_span(pointer)

    def key_span(self, pointer: Pointer) -> Span:
        """Where the key of the value at a pointer stands; for an item of a list, the item itself."""
        node, key = self._walk(pointer)
        found = key or node
        return Span() if found is None else self.span(found.start_mark.index, found.end_mark.index)

    def start_span(self, pointer: Pointer) -> Span:
        """The first character of the value at a pointer, for what is missing from it."""
        node, _ = self._walk(pointer)
        return Span() if node is None else self.span(node.start_mark.index, node.start_mark.index + 1)

    def _walk(self, pointer: Pointer) -> tuple[Node | None, Node | None]:
        """The node at a pointer and the node of its key, as far as the pointer leads."""
        node, key = self._root, None
        for part in pointer:
            if isinstance(node, MappingNode):
                # The last one wins, as in the value.
                pair = next((pair for pair in reversed(node.value) if pair[0].value == part), None)
                if pair is None:
                    break
                key, node = pair
            elif isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
                key, node = None, node.value[part]
            else:
                break
        return node, key


def read_document(data: bytes) -> Document:
    """Reads YAML from bytes. Never raises: whatever is wrong with them becomes a fault."""
    text = ""
    try:
        text = _decode(data)
        root = _compose(text)
    except _RefusedError as refusal:
        return Document(refusal.text, None, None, [refusal.fault])
    builder = _Builder()
    with _collector_paused():
        value = builder.build(root)
    if value is None and not builder.faults:
        builder.faults.append(_EMPTY)
    return Document(text, root, value, builder.faults)


class _RefusedError(Exception):
    """Text that gives no value at all; the text is what could be made out of it."""

    def __init__(self, text: str, fault: Fault) -> None:
        super().__init__(fault.message)
        self.text = text
        self.fault = fault


def _decode(data: bytes) -> str:
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").removeprefix("\ufeff")
        wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        message = "the file is UTF-16" if wide else f"byte 0x{data[error.start]:02x} is not valid UTF-8"
        hint = "save the file with the encoding UTF-8"
        raise _RefusedError(
            before, Fault(FaultKind.ENCODING, message, hint, len(before), len(before) + 1)
        ) from error
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        message = f"the invisible character U+{ord(forbidden[0]):04X} is not allowed"
        hint = "delete it, or type the text again"
        raise _RefusedError(text, Fault(FaultKind.CHARACTER, message, hint, *forbidden.span()))
    return text


_EMPTY = Fault(FaultKind.EMPTY, "the file has no content", "write an entry, or delete the file")


def _compose(text: str) -> Node:
    try:
        with _collector_paused():
            root = _Composer(text).get_single_node()
    except _TooDeepError as error:
        raise _RefusedError(text, _depth_fault(text)) from error
    except MarkedYAMLError as error:
        raise _RefusedError(text, _syntax_fault(text, error)) from error
    if root is None:
        raise _RefusedError(text, _EMPTY)
    bare_tags = {match.start() for match in _BARE_TAG.finditer(text)}
    if bare_tags:
        _restore_bare_tags(root, bare_tags)
    alias_fault = _alias_fault(root) if _ALIAS.search(text) and _ANCHOR.search(text) else None
    if alias_fault:
        raise _RefusedError(text, alias_fault)
    return root


def _depth_fault(text: str) -> Fault:
    """Finds the place by asking the scanner alone: composing that deep is what must not happen."""
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
        f"lists and mappings are nested more than {MAX_DEPTH} deep",
        "no entry needs that; look for brackets or dashes repeated by mistake",
        event.start_mark.index,
        event.start_mark.index + 1,
    )


def _children(node: Node) -> list[Node]:
    if isinstance(node, MappingNode):
        return [part for pair in node.value for part in pair]
    return node.value if isinstance(node, SequenceNode) else []


def _restore_bare_tags(root: Node, places: set[int]) -> None:
    """Gives back the tag `!` to the texts and numbers that begin with one.

    libyaml drops it, so `! Important` would lose its first character and `! "12"` would be a number.
    """
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) not in seen:
            seen.add(id(node))
            waiting += _children(node)
            if isinstance(node, ScalarNode) and node.start_mark.index in places:
                node.tag = "!"


def _alias_fault(root: Node) -> Fault | None:
    """A fault when expanding the aliases under a node would never end, explode or nest too deep.

    Composed aliases share nodes, so the tree as written is small whatever it expands to. Each node is
    visited once; its expanded size is the sum of its children's, its height one more than the highest.
    """
    measured: dict[int, tuple[int, int]] = {}
    open_nodes: set[int] = set()
    written = 1

    def measure(node: Node) -> tuple[int, int] | Fault:
        key = id(node)
        if key in measured:
            return measured[key]
        if key in open_nodes:
            return _at(node, FaultKind.ALIAS, "the alias stands inside the value it repeats", "write it out")
        if isinstance(node, ScalarNode):
            return 1, 1
        open_nodes.add(key)
        size, height = 1, 1
        children = _children(node)
        nonlocal written
        written += len(children)
        for child in children:
            part = measure(child)
            if isinstance(part, Fault):
                return part
            size += part[0]
            height = max(height, part[1] + 1)
        if height > MAX_DEPTH:
            message = f"its aliases nest lists and mappings more than {MAX_DEPTH} deep"
            return _at(node, FaultKind.ALIAS, message, "write the repeated parts out, or leave them out")
        open_nodes.remove(key)
        measured[key] = size, height
        return size, height

    whole = measure(root)
    if isinstance(whole, Fault):
        return whole
    expanded, _ = whole
    if expanded > FREE_EXPANSION + MAX_EXPANSION * written:
        return _at(
            root,
            FaultKind.ALIAS,
            f"the aliases in this file expand to {expanded:,} values",
            "write the repeated parts out, or leave them out",
        )
    return None


def _at(node: Node, kind: FaultKind, message: str, hint: str) -> Fault:
    return Fault(kind, message, hint, node.start_mark.index, node.end_mark.index)


class _Builder:
    """Builds plain Python values from composed nodes and notes what YAML 1.2 core does not have."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self._known: dict[str, Scalar] = {}

    def build(self, node: Node) -> Value:
        value = node.value
        tag = node.tag
        if tag is _TEXT:
            return value  # type: ignore[no-any-return]
        if tag is _PLAIN:
            try:
                return self._known[value]
            except KeyError:
                return self._plain(node)
        if tag is not _COLLECTION:
            return self._tagged(node)
        if isinstance(node, MappingNode):
            return self._mapping(node)
        build = self.build
        return [build(item) for item in value]

    def _plain(self, node: Node) -> Scalar:
        try:
            value = self._known[node.value] = resolve_plain(node.value)
        except NumberTooLongError:
            self._note(
                node, FaultKind.NUMBER, f"the number has more than {MAX_DIGITS} digits", "put it in quotes"
            )
            return 0
        return value

    def _mapping(self, node: MappingNode) -> dict[str, Value]:
        build = self.build
        mapping: dict[str, Value] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if key_node.tag is _PLAIN:
                if key == "<<":
                    self._note(
                        key_node,
                        FaultKind.MERGE_KEY,
                        "merge keys (`<<`) are not part of YAML 1.2",
                        "write the fields out",
                    )
                    continue
                is_word = key.__class__ is str and key.isidentifier() and key not in WORDS
                if not is_word and not self._is_text(key_node):
                    continue
            elif key_node.tag is not _TEXT:
                self._note(key_node, FaultKind.KEY, "the key of a field must be text", "write a plain word")
                continue
            if key in mapping:
                self._note(
                    key_node,
                    FaultKind.DUPLICATE_KEY,
                    f"`{_short(key)}` stands here twice",
                    "keep one of the two",
                )
            mapping[key] = build(value_node)
        return mapping

    def _is_text(self, node: Node) -> bool:
        """Whether a plain key reads as text; notes it when not."""
        if node.tag is _PLAIN and isinstance(self._plain(node), str):
            return True
        self._note(
            node,
            FaultKind.KEY,
            f"the key `{_short(node.value)}` is not text" if node.value else "the key is empty",
            f'write it in quotes: "{_short(node.value)}"' if node.value else "write the field's name",
        )
        return False

    def _tagged(self, node: Node) -> Value:
        """A node with an explicit tag: the core ones mean what they say, all others are foreign."""
        tag = node.tag
        node.tag = _PLAIN if isinstance(node, ScalarNode) else _COLLECTION
        if tag == f"{_CORE}str" and isinstance(node, ScalarNode):
            node.tag = _TEXT
        value = self.build(node)
        expected = _CORE_TAGS.get(tag)
        if expected is None:
            shown = tag.replace(_CORE, "!!")
            self._note(
                node,
                FaultKind.TAG,
                f"the tag `{_short(shown)}` is not known here",
                "delete it, or put the text in quotes",
            )
        elif not isinstance(value, expected) or (isinstance(value, bool) and expected is not bool):
            shown = tag.replace(_CORE, "!!")
            self._note(
                node, FaultKind.TAG, f"the value is not a `{shown}`", "delete the tag or mend the value"
            )
        return value

    def _note(self, node: Node, kind: FaultKind, message: str, hint: str) -> None:
        self.faults.append(_at(node, kind, message, hint))


def _short(text: str, most: int = 60) -> str:
    """A piece of the file for a message: one line, not too long."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


_SYNTAX = (
    # (part of libyaml's problem, character at the place or "", message, hint)
    (
        "cannot start any token",
        "\t",
        "a tab stands where only spaces may",
        "replace the tab by spaces; two spaces a level",
    ),
    (
        "found a tab character",
        "",
        "a tab stands where only spaces may",
        "replace the tab by spaces; two spaces a level",
    ),
    (
        "cannot start any token",
        "",
        "text may not begin with this character",
        "put the whole text in quotes",
    ),
    (
        "expected alphabetic or numeric character",
        "",
        "text may not begin with this character",
        "put the whole text in quotes",
    ),
    (
        "block sequence entries are not allowed",
        "",
        "a dash followed by a space begins a list, which cannot stand on this line",
        "begin the list on the next line, or put the text in quotes",
    ),
    (
        "mapping keys are not allowed",
        "",
        "text may not begin with a question mark followed by a space",
        "put the whole text in quotes",
    ),
    (
        "mapping values are not allowed",
        "",
        "a colon followed by a space stands inside the text",
        "put the text in quotes",
    ),
    (
        "did not find expected ',' or '",
        "",
        "a comma or the closing bracket is missing",
        "set a comma between two items, close the bracket, or put the text in quotes",
    ),
    (
        "did not find expected node content",
        "",
        "a value is missing here",
        "write one, delete what is too much, or put the text in quotes",
    ),
    (
        "unexpected end of stream",
        "",
        "a quote is opened and never closed",
        "close the quote at the end of the text",
    ),
    (
        "unexpected document indicator",
        "",
        "a quote is opened and never closed",
        "close the quote at the end of the text",
    ),
    (
        "did not find expected key",
        "",
        "the line does not fit the lines above it",
        "indent it like its neighbours",
    ),
    (
        "did not find expected '-' indicator",
        "",
        "the line does not fit the list above it",
        "begin it with `- `, or indent it like the other items",
    ),
    (
        "could not find expected ':'",
        "",
        "a field's name without a colon, or text that runs over its line",
        "write `name: value`, or indent the text's next line",
    ),
    (
        "unknown escape character",
        "",
        "a backslash in double quotes begins a code that YAML does not know",
        "write two backslashes, or use single quotes",
    ),
    (
        "character escape code",
        "",
        "the code after the backslash stands for no character",
        "write the character itself, or use single quotes",
    ),
    (
        "did not find expected hexdecimal number",
        "",
        "the code after the backslash is too short",
        "write two backslashes, or use single quotes",
    ),
    (
        "expected comment or line break",
        "",
        "nothing but the text below may follow `|` or `>`",
        "begin the text on the next line, or put it in quotes",
    ),
    (
        "undefined alias",
        "",
        "the alias repeats something that is not there",
        "write the text out, or in quotes",
    ),
    ("second occurrence", "", "the same anchor name stands twice", "give each anchor its own name"),
    ("tag", "", "a word that begins with `!` is read as a tag", "put the text in quotes"),
    ("directive", "", "a line that begins with `%` is read as a directive", "delete the line"),
    ("incompatible YAML document", "", "this is not YAML 1.2", "delete the line that begins with `%`"),
)

_AT_THE_OPENING = (
    "unexpected end of stream",
    "unexpected document indicator",
    "alphabetic or numeric",
    "could not find expected ':'",
    "tag",
)
"""Problems that libyaml notices behind the character that has to be mended."""

_BRACKETS = ("did not find expected ',' or '", "did not find expected node content")
_OWN_LINE = re.compile(r"\s*(?:- +)*[^\s:]+ *")
"""What stands before the colon of a field that begins its line."""


def _syntax_fault(text: str, error: MarkedYAMLError) -> Fault:
    """The complaint of libyaml in words for somebody who has never read the YAML specification."""
    problem = error.problem or error.context or "cannot be read"
    noticed = error.problem_mark.index if error.problem_mark else 0
    opening = error.context_mark.index if error.context_mark else noticed
    # What is missing at the end of the file is shown at its last visible character.
    last = max(len(text.rstrip()) - 1, 0)
    offset = opening if any(part in problem for part in _AT_THE_OPENING) else noticed
    offset = last if offset >= len(text) else offset
    if "another document" in problem or "expected <document start>" in problem:
        return Fault(
            FaultKind.DOCUMENTS,
            "a second document begins here; a file holds one",
            "move it to a file of its own, or delete the line with `---` or `...`",
            offset,
            offset + 3,
        )
    in_brackets = any(part in problem for part in _BRACKETS)
    is_open = text[opening : opening + 1] in {"[", "{"}
    # A list that begins and goes on with the line ends there too; one that is spread out lacks a comma.
    is_one_line = is_open and re.match(r".[^\n\r]*[^\s][^\n\r]*[\n\r]", text[opening:noticed])
    if in_brackets and (noticed >= len(text) or is_one_line):
        message = "this bracket is not closed, or a comma is missing after it"
        hint = "close it at the end of its list, or put the text in quotes"
        offset = opening if is_open else last
        return Fault(FaultKind.SYNTAX, message, hint, offset, offset + 1)
    message, hint = _in_plain_words(f"{error.context or ''} {problem}", text, offset)
    return Fault(FaultKind.SYNTAX, message, hint, offset, offset + 1)


def _in_plain_words(problem: str, text: str, offset: int) -> tuple[str, str]:
    """What is wrong at a place and how to mend it."""
    before = text[max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1 : offset]
    if "did not find expected" in problem and before.rstrip().endswith(("'", '"')):
        return (
            "text goes on after a closing quote",
            "put the whole text in the other kind of quotes; if a quote above is not closed, close it",
        )
    if "mapping values are not allowed" in problem and _OWN_LINE.fullmatch(before):
        return (
            "this field does not fit the line above it",
            "indent it like the field above; if the line above has no colon, add it",
        )
    found = text[offset : offset + 1]
    for part, character, message, hint in _SYNTAX:
        if part in problem and character in {"", found}:
            return message, hint
    return f"the YAML cannot be read: {problem.strip()}", "put the text in quotes"
