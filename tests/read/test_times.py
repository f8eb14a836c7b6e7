"""Times of day in other notations, from a file of cases that anyone can extend."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.read.schemas.mistakes.times import time_meant
from tests.cases import read_cases

CASES: dict[object, str] = read_cases(Path(__file__).parent / "cases" / "times.yaml")


@pytest.mark.parametrize(("text", "time"), CASES.items(), ids=str)
def test_a_time_is_read_in_the_notations_of_letters(text: object, time: str) -> None:
    meant = time_meant(str(text))
    assert (meant.text if meant else "") == time
