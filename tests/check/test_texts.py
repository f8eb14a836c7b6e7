"""Large texts are searched in parts, which must not hide a word."""

from __future__ import annotations

import pytest

from handbook.check.texts import lowered


@pytest.mark.parametrize("before", range(2**20 - 5, 2**20 + 1))
def test_a_word_at_the_end_of_a_part_is_whole_in_a_part(before: int) -> None:
    assert any("lorem" in part for part in lowered(f"{' ' * before}LoRem{' ' * 2**20}"))
