"""Plain values, from a file of cases that anybody can add to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from handbook.read.yaml.document import read_document
from handbook.read.yaml.scalars import MAX_DIGITS, NumberTooLongError, resolve_plain
from tests.cases import read_cases

CASES: list[dict[str, Any]] = read_cases(Path(__file__).parent / "cases" / "scalars.yaml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_value_is_read_by_the_core_schema_of_yaml_1_2(case: dict[str, Any]) -> None:
    document = read_document(f"key: {case['text']}".encode())
    assert document.faults == ()
    # `repr` tells 1 from 1.0 and from true, and -0.0 from 0.0, and finds one NaN equal to another.
    assert repr(document.value) == repr({"key": case["value"]})


def test_no_case_stands_twice() -> None:
    texts = [case["text"] for case in CASES]
    assert [text for text in texts if texts.count(text) > 1] == []


def test_the_longest_number_is_read_and_a_longer_one_refused() -> None:
    assert resolve_plain("9" * MAX_DIGITS) == 10**MAX_DIGITS - 1
    with pytest.raises(NumberTooLongError):
        resolve_plain("9" * (MAX_DIGITS + 1))


def test_a_long_text_that_only_begins_like_a_number_is_text() -> None:
    text = "9" * (MAX_DIGITS + 1) + "x"
    assert resolve_plain(text) == text
