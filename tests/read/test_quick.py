"""The short way and the long way read the same."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.read import composing
from handbook.read.document import Document, read_closely
from handbook.read.quick import UnusualError, read_quickly
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


@given(st.lists(st.sampled_from((*FRAGMENTS, "#", "# ", " #x", "'#'")), max_size=12).map("".join))
def test_comments_are_told_from_texts_alike(text: str) -> None:
    with suppress(UnusualError):
        value, with_hash = read_quickly(text)
        quick, close = Document(text, value, with_hash=with_hash), read_closely(text)
        for place in (found.start() for found in re.finditer("#", text)):
            assert quick.is_text(place) == close.is_text(place), place


@pytest.mark.parametrize("depth", [98, 99, 100, 101])
def test_nesting_is_measured_alike(depth: int) -> None:
    text = "[" * depth + "]" * depth
    with suppress(UnusualError):
        assert read_quickly(text)[0] == read_closely(text).value


@pytest.mark.parametrize("piece", ["[],", "{},", "a,", "{a: b},", "[a],", "? a,", "{a},"])
def test_keys_and_values_are_counted_alike(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composing, "FREE_NODES", 10)
    refused = 0
    for times in range(60):
        text = f"[{piece * times}]"
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
