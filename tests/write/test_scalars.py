"""Texts that are written can be read again, by readers of old YAML too."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from handbook.read.yaml.decoding import FORBIDDEN
from handbook.read.yaml.document import read_document
from handbook.write.scalars import written

ALLOWED = st.characters(exclude_categories=["Cs"]).filter(lambda letter: not FORBIDDEN.match(letter))
VALUES = st.one_of(
    st.text(ALLOWED),
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.none(),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
)


@given(VALUES)
def test_what_is_written_is_read_as_the_same_value(value: object) -> None:
    for form in (f"value: {written(value)}\n", f"value: [{written(value)}, 1]\n", f"- {written(value)}\n"):
        document = read_document(form.encode())
        assert document.faults == ()
        found = document.value
        found = found["value"] if isinstance(found, dict) else found
        found = found[0] if isinstance(found, list) else found
        assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    "text", ["no", "Yes", "on", "y", "~", "null", "12:30", "1_000", "0x1f", "1e3", ".5", "="]
)
def test_a_text_that_old_yaml_reads_otherwise_stands_in_quotes(text: str) -> None:
    assert yaml.safe_load(written(text)) == text


@pytest.mark.parametrize("text", ["TODO", "product-ops", "2026-11-23", "2 days", "https://example.com/guide"])
def test_a_text_that_nobody_reads_otherwise_stands_without_quotes(text: str) -> None:
    assert written(text) == text
