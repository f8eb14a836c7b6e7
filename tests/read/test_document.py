"""The reader of YAML over values, bytes and layouts that nobody thought of."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.base.span import Span
from handbook.read.yaml.document import read_document
from handbook.read.yaml.scalars import Value
from tests.effort import runs

Place: TypeAlias = tuple[str | int, ...]

# libyaml takes these for line ends or for nothing; raw, they are faults (see cases/faults.yaml).
UNREAD = "\x7f\u2028\u2029\ufeff\ufffe\uffff"
UNREAD_RANGES = (("\0", "\x08"), ("\x0b", "\x0c"), ("\x0e", "\x1f"), ("\x80", "\x9f"), ("\ufdd0", "\ufdef"))
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=UNREAD), max_size=12).filter(
    lambda text: not any(first <= letter <= last for letter in text for first, last in UNREAD_RANGES)
)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(TEXTS, below, max_size=4),
    max_leaves=12,
)
YAML_LIKE = st.lists(
    st.sampled_from(
        [*" \n\r\t-:?,[]{}&*!|>'\"%@`#<~.ab015eé😀\\\u2028\ufeff\0", ": ", "- ", "---\n", "...\n"]
    ),
    max_size=40,
).map("".join)


# JSON is YAML: what one writes, the other reads.


@settings(max_examples=runs(sample=75, full=300))
@given(value=JSON_VALUES, indent=st.sampled_from([None, 1, 2, 4]), is_escaped=st.booleans())
def test_json_is_read_back_as_it_was_written(value: Value, indent: int | None, *, is_escaped: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=is_escaped)
    document = read_document(text.encode())
    assert repr(document.value) == repr(value)
    # A file that says `null` says nothing.
    assert len(document.faults) == (value is None)


@given(st.text(max_size=6), st.sampled_from(["".join(map(chr, range(0x20))), UNREAD, "\x80\x9f\ufdd0\ufdef"]))
def test_a_code_is_refused_for_what_must_not_be_in_the_file(before: str, characters: str) -> None:
    for character in characters:
        document = read_document(json.dumps([before, f"{before}{character}"]).encode())
        is_allowed = character in "\t\n\r" and not any(letter in before for letter in UNREAD)
        assert document.value is None or is_allowed


# Whatever the bytes are, there is an answer.


@settings(max_examples=runs(sample=150, full=600))
@given(data=st.binary(max_size=60) | YAML_LIKE.map(str.encode))
def test_any_bytes_give_a_value_or_a_fault_that_can_be_shown(data: bytes) -> None:
    document = read_document(data)
    assert document.value is not None or document.faults
    lines = document.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for fault in document.faults:
        span = document.fault_span(fault)
        assert fault.hint
        assert 1 <= span.line <= len(lines)
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1
        assert span.line == span.end_line
        assert span.column < span.end_column
        assert document.line(span.line) == lines[span.line - 1]


# Every value and every key is found where it stands.


@dataclass(frozen=True)
class Leaf:
    """A value as it is written, on one line."""

    written: str


Tree: TypeAlias = "Leaf | list[Tree] | dict[str, Tree]"

WORDS = st.sampled_from(
    ["no", "12:30", "2026-08-01", "plain text", "1.5", "~", "'it''s'", "[a, b]", "{a: 1}"]
)
LEAVES = (WORDS | TEXTS.map(lambda text: json.dumps(text, ensure_ascii=False))).map(Leaf)
KEYS = st.from_regex(r"[a-z][a-z_]{0,6}", fullmatch=True).filter(
    lambda key: key not in {"true", "false", "null"}
)
TREES: st.SearchStrategy[Tree] = st.recursive(
    LEAVES,
    lambda below: (
        st.lists(below, min_size=1, max_size=4) | st.dictionaries(KEYS, below, min_size=1, max_size=4)
    ),
    max_leaves=15,
)


def parts_of(tree: list[Tree] | dict[str, Tree]) -> Iterable[tuple[str | int, Tree]]:
    if isinstance(tree, dict):
        yield from tree.items()
    else:
        yield from enumerate(tree)


@dataclass
class Page:
    """Writes a tree in block style and notes where everything lands."""

    step: int
    line_end: str
    lines: list[str] = field(default_factory=lambda: [""])
    values: dict[Place, Span] = field(default_factory=dict)
    keys: dict[Place, Span] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.line_end.join(self.lines) + self.line_end

    def put(self, text: str) -> Span:
        line, column = len(self.lines), len(self.lines[-1]) + 1
        self.lines[-1] += text
        return Span(line, column, line, column + len(text))

    def write(self, tree: Tree, place: Place, indent: int, *, goes_on: bool) -> None:
        """Writes what stands at a place; `goes_on` when it may begin on the line that is open."""
        if isinstance(tree, Leaf):
            self.put("" if goes_on else " ")
            self.values[place] = self.put(tree.written)
            return
        for number, (name, below) in enumerate(parts_of(tree)):
            if number or not goes_on:
                self.lines += ["", "# A comment: with a colon.", " " * indent][-1 - number % 3 :]
            if isinstance(name, str):
                self.keys[*place, name] = self.put(name)
                self.put(":")
                self.write(below, (*place, name), indent + self.step, goes_on=False)
            else:
                self.put("- ")
                self.write(below, (*place, name), indent + 2, goes_on=True)


@settings(max_examples=runs(sample=75, full=300))
@given(
    tree=TREES.filter(lambda tree: not isinstance(tree, Leaf)),
    step=st.integers(1, 4),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    mark=st.sampled_from(["", "\ufeff"]),
)
def test_every_value_and_every_key_is_found_where_it_stands(
    tree: Tree, step: int, line_end: str, mark: str
) -> None:
    page = Page(step, line_end)
    page.write(tree, (), 0, goes_on=True)
    document = read_document((mark + page.text).encode())
    assert document.faults == ()
    assert {place: document.value_span(place) for place in page.values} == page.values
    assert {place: document.key_span(place) for place in page.keys} == page.keys
    for place, span in page.values.items():
        start = document.start_span(place)
        assert (start.line, start.column, start.end_column) == (span.line, span.column, span.column + 1)


EXAMPLE = """\
name: Launch
steps:
  - id: decide  # first
    what: |
      Say yes
      or no.
  - id: tell
empty:
name: Launch
"""


@pytest.mark.parametrize(
    ("pointer", "span"),
    [
        ((), Span(1, 1, 1, 13)),
        (("steps",), Span(3, 3, 3, 24)),
        (("steps", 0), Span(3, 5, 3, 24)),
        (("steps", 0, "what"), Span(4, 11, 4, 12)),
        (("steps", 1), Span(7, 5, 7, 13)),
        (("empty",), Span(8, 7, 8, 8)),
        (("name",), Span(9, 7, 9, 13)),
    ],
    ids=str,
)
def test_of_what_takes_several_lines_the_first_is_shown(pointer: Place, span: Span) -> None:
    assert read_document(EXAMPLE.encode()).value_span(pointer) == span


@pytest.mark.parametrize(
    ("pointer", "near"),
    [
        (("step",), ()),
        (("steps", 2), ("steps",)),
        (("steps", "first"), ("steps",)),
        (("steps", 0, "id", "x", 3), ("steps", 0, "id")),
        ((0,), ()),
    ],
    ids=str,
)
def test_a_pointer_that_leads_nowhere_gives_the_nearest_place_on_the_way(pointer: Place, near: Place) -> None:
    document = read_document(EXAMPLE.encode())
    assert document.value_span(pointer) == document.value_span(near)
    assert document.start_span(pointer) == document.start_span(near)


def test_an_item_of_a_list_has_itself_for_a_key() -> None:
    document = read_document(EXAMPLE.encode())
    assert document.key_span(("steps", 1)) == document.value_span(("steps", 1))


def test_a_document_without_content_has_a_place_all_the_same() -> None:
    document = read_document(b"")
    assert document.value_span(("a",)) == document.key_span(()) == document.start_span((0,)) == Span()


def test_lines_are_counted_from_one_and_empty_beyond_the_last() -> None:
    document = read_document(b"a: 1\r\nb: 2\rc: 3\n")
    assert [document.line(number) for number in range(6)] == ["", "a: 1", "b: 2", "c: 3", "", ""]


# Python's garbage collector is left as it was.


@pytest.fixture(params=[True, False], ids=["on", "off"])
def collector(request: pytest.FixtureRequest) -> Iterator[bool]:
    """The collector, switched on or off before the test and back on after it."""
    (gc.enable if request.param else gc.disable)()
    yield request.param
    gc.enable()


@pytest.mark.parametrize("data", [b"a: 1", b"a: [", b"[" * 1000, b"a: &a [*a]", b"\xff", b"", b"a: 1\na: 2"])
def test_the_garbage_collector_is_left_as_it_was(data: bytes, *, collector: bool) -> None:
    read_document(data)
    assert gc.isenabled() == collector


def test_a_comment_in_front_of_a_text_of_several_lines_is_for_all_of_them() -> None:
    text = "".join(f"k{number}: |  # ignored\n  a\n  b\nx{number}: 1\n" for number in range(9))
    document = read_document(text.encode())
    places = [match.start() for match in re.finditer("#", text)]
    assert [document.last_line_of_comment(place) for place in places] == [4 * n + 3 for n in range(9)]
