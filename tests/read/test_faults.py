"""Faults of the YAML itself, from a file of cases that anyone can extend."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from handbook.read.yaml.changes import Change, changed, offset_before
from handbook.read.yaml.document import read_document
from handbook.read.yaml.faults import FaultKind
from tests.cases import read_cases

CASES: list[dict[str, Any]] = read_cases(Path(__file__).parent / "cases" / "faults.yaml")


def written(case: dict[str, Any]) -> bytes:
    if "bytes" in case:
        return bytes.fromhex(case["bytes"])
    parts: list[tuple[str, int]] = case.get("parts") or [(case["source"], 1)]
    return "".join(text * times for text, times in parts).encode()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_fault_is_found_at_its_place_and_says_in_one_line_how_to_fix_it(case: dict[str, Any]) -> None:
    document = read_document(written(case))
    found = []
    for fault in document.faults:
        span = document.fault_span(fault)
        found.append(f"{fault.kind.name} {span.line}:{span.column} {fault.message}")
        assert fault.hint
        assert "\n" not in fault.message + fault.hint
        assert len(fault.message) < 120
    assert found == case["faults"]
    if "value" in case:
        assert repr(document.value) == repr(case["value"])
    if "is_safe" in case:
        assert [fault.is_safe for fault in document.faults] == [case["is_safe"]]


@pytest.mark.parametrize("case", [case for case in CASES if "fixed" in case], ids=lambda case: case["name"])
def test_corrections_leave_nothing_to_correct(case: dict[str, Any]) -> None:
    text = case["source"]
    while changes := {change for fault in read_document(text.encode()).faults for change in fault.changes}:
        text = changed(text, changes)
    assert text == case["fixed"]


def test_tabs_are_corrected_in_all_places_at_once() -> None:
    (fault,) = read_document(b"a:\n\tb: 1\nc:\n\td: 2\n").faults
    assert changed("a:\n\tb: 1\nc:\n\td: 2\n", fault.changes) == "a:\n  b: 1\nc:\n  d: 2\n"


def test_there_is_a_case_of_every_sort_of_fault() -> None:
    cases = {fault.split()[0] for case in CASES for fault in case["faults"]}
    # Faults of a file or a page as a whole never reach the reader of YAML.
    assert cases == {kind.name for kind in FaultKind} - {"UNREADABLE", "NAME", "FRONT_MATTER"}


@pytest.mark.parametrize(
    ("offset", "before"), [(0, 0), (1, 1), (3, 1), (5, 2), (6, 3), (7, 3), (10, 4), (11, 5)]
)
def test_a_place_in_a_corrected_text_is_found_in_the_text_as_written(offset: int, before: int) -> None:
    """A place inside new text is the start of what it replaces: here, each tab becomes four spaces."""
    text, changes = "a\tb\tcd", [Change(1, 2, "    "), Change(3, 4, "    ")]
    assert changed(text, changes) == "a    b    cd"
    assert offset_before(offset, changes) == before


@pytest.mark.parametrize(("characters", "corrected"), [(1_000, True), (1_001, False)])
def test_a_file_full_of_invisible_characters_is_said_and_not_corrected(
    characters: int, *, corrected: bool
) -> None:
    (fault,) = read_document(b"a" + b"\0" * characters).faults
    assert fault.message == "Invisible character U+0000 is not allowed"
    assert bool(fault.changes) == corrected
