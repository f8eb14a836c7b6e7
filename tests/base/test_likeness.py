"""Which words are taken for misspelt names."""

from __future__ import annotations

import pytest

from handbook.base.likeness import is_like, plain


@pytest.mark.parametrize(
    ("word", "name", "expected"),
    [
        ("ower", "owner", True),
        ("ownr", "owner", True),
        ("oxnyr", "owner", False),  # two slips in a short word
        ("integratons", "integrations", True),
        ("intergratons", "integrations", True),  # two in a long one
        ("intergratoms", "integrations", False),
    ],
)
def test_a_long_name_can_have_two_slips_and_a_short_one_only_one(
    word: str, name: str, *, expected: bool
) -> None:
    assert is_like(word, name) is expected


@pytest.mark.parametrize("first", ["p", "P", "\u0440", "\u0420", "\u03c1", "\uff50", "\U0001d429"])
def test_a_letter_of_another_script_is_the_latin_one_that_it_looks_like(first: str) -> None:
    assert plain(f"{first}ublic") == "public"
