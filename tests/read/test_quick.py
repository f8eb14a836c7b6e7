"""The short way and the long way read the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.read.yaml import limits
from handbook.read.yaml.document import Document, Pointer, read_closely, read_document
from handbook.read.yaml.json_text import read_json
from handbook.read.yaml.quick import UnusualError, read_quickly
from handbook.read.yaml.scalars import Value
from tests.sites import ROOT

FRAGMENTS = (
    *("a", "b", "a: ", "'a': ", '"12": ', "12: ", "on: ", "null: ", "~: ", ": ", "? ", "<<: ", '"<<": '),
    *("- ", "-", " ", "  ", "\n", "\n  ", "\n- ", "\n---\n", "\n...\n", "# c\n", "|\n  ", ">-\n  "),
    *("12", "1.5", "0o17", "true", "no", ".inf", "2026-08-01", "'x'", '"y\\t"', "é", "💡", "9" * 251),
    *("[", "]", "{", "}", ", ", "&x ", "*x", "!", "! ", "!!str ", "!foo ", "%", "@", "\t", "\r\n"),
)
SOURCES = sorted([*ROOT.glob("*.yaml"), *ROOT.glob("sources/**/*.yaml"), *ROOT.glob("schemas/*.json")])


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join))
def test_what_is_read_quickly_is_what_a_closer_look_finds(text: str) -> None:
    with suppress(UnusualError):
        value, _ = read_quickly(text)
        document = read_closely(text)
        assert (repr(document.value), document.faults) == (repr(value), ())


def _starts(value: Value) -> Iterator[Pointer]:
    """Yield the places of the start of a value, of its fields and of the items of its lists."""
    yield ()
    for name, part in value.items() if isinstance(value, dict) else ():
        yield (name,)
        yield from ((name, index) for index in range(len(part) + 1 if isinstance(part, list) else 0))


@given(st.lists(st.sampled_from((*FRAGMENTS, "#", "# ", " #x", "'#'")), max_size=12).map("".join))
def test_comments_are_told_from_texts_alike_and_values_start_at_the_same_places(text: str) -> None:
    with suppress(UnusualError):
        value, marks = read_quickly(text)
        quick, close = Document(text, value, marks=marks), read_closely(text)
        for place in (found.start() for found in re.finditer("#", text)):
            assert quick.is_text(place) == close.is_text(place), place
        assert [quick.start_span(at) for at in _starts(value)] == [
            close.start_span(at) for at in _starts(value)
        ]


@pytest.mark.parametrize("text", ["'a #b': 1\n", "a: {b#c: 1} # d\n", '"#": "#" #\n', "a#b: c#d\n"])
def test_a_hash_in_a_key_begins_no_comment(text: str) -> None:
    document, close = read_document(text.encode()), read_closely(text)
    places = [match.start() for match in re.finditer("#", text)]
    assert [document.is_text(place) for place in places] == [close.is_text(place) for place in places]
    assert document.is_text(places[0])


JSON_FRAGMENTS = (
    *(
        '"a"',
        '"b"',
        '"<<"',
        '"#"',
        '"é\\n"',
        '"\\/"',
        '"\\ud83d\\ude00"',
        '"\\u00e9"',
        f'"{"k" * 1100}"',
        ": ",
        ":",
    ),
    *("{", "}", "[", "]", ",", ", ", "\n", "\t", "\r\n", " ", "1", "-0", "1E5", "1.50", "9" * 251),
    *("true", "null", "NaN", "-Infinity", "# c"),
)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(st.text(max_size=9), below, max_size=4),
    max_leaves=12,
)


@given(st.lists(st.sampled_from(JSON_FRAGMENTS), max_size=12).map(lambda parts: "{" + "".join(parts) + "}"))
def test_what_looks_like_json_says_the_same_as_yaml(text: str) -> None:
    value = read_json(text)
    if value is not None:
        document = read_closely(text)
        assert (repr(document.value), document.faults) == (repr(value), ())


@given(st.dictionaries(st.text(), JSON_VALUES, max_size=6), st.sampled_from([None, 1, "\t"]))
def test_json_says_the_same_as_yaml(value: dict[str, Any], indent: int | str | None) -> None:
    for text in (json.dumps(value, indent=indent), json.dumps(value, indent=indent, ensure_ascii=False)):
        document, found = read_document(text.encode("utf-8", "replace")), read_json(text)
        if found is not None and document.text == text and not document.faults:
            assert repr(found) == repr(read_closely(text).value)


@pytest.mark.parametrize("path", sorted(ROOT.glob("schemas/*.json")), ids=lambda path: path.name)
def test_shipped_schemas_are_read_as_json(path: Path) -> None:
    assert read_json(path.read_text(encoding="utf-8")) is not None


@pytest.mark.parametrize("depth", [98, 99, 100, 101])
def test_nesting_is_measured_alike(depth: int) -> None:
    for text in (
        "[" * depth + "]" * depth,
        "[" * depth + "a" + "]" * depth,
        '{"a":' * depth + "1" + "}" * depth,
    ):
        with suppress(UnusualError):
            assert read_quickly(text)[0] == read_closely(text).value


@pytest.mark.parametrize("text", ["&x a: 1\n", "!!str a: 1\n", "? [a]\n: 1\n"])
def test_a_key_that_is_more_than_text_is_left_to_the_closer_look(text: str) -> None:
    with pytest.raises(UnusualError):
        read_quickly(text)


@pytest.mark.parametrize("piece", ["[],", "{},", "a,", "{a: b},", "[a],", "? a,", "{a},", "1,", '{"a": []},'])
@pytest.mark.parametrize("around", ["[{}]", '{{"a": [{}0]}}'])
def test_keys_and_values_are_counted_alike(piece: str, around: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FREE_NODES", 10)
    refused = 0
    for times in range(60):
        text = around.format(piece * times)
        document = read_closely(text)
        with suppress(UnusualError):
            assert read_quickly(text)[0] == document.value
            continue
        refused += 1
        assert document.value is None
    assert 0 < refused < 60


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_shipped_files_are_read_quickly(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert read_quickly(text)[0] == read_closely(text).value
