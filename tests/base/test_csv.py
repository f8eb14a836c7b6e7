"""Cells of CSV files, by Python for files of the site and by JavaScript for what a reader copies."""

from __future__ import annotations

import pytest

from handbook.base.csv_text import csv_value
from tests.node import Vector, vectors


@pytest.mark.parametrize("case", vectors("csv"), ids=str)
def test_a_cell_is_shown_and_never_calculated(case: Vector) -> None:
    assert csv_value(*case.arguments) == case.result
