"""JSON that is YAML as well."""

from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st

from handbook.base.as_yaml import as_yaml

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(
    st.recursive(TEXT | st.integers() | st.booleans() | st.none(), lambda below: st.lists(below, max_size=3))
)
def test_yaml_reads_back_what_was_written(value: object) -> None:
    assert yaml.safe_load(as_yaml(value)) == value


def test_an_emoji_is_one_character() -> None:
    assert as_yaml({"title": "Slack 😀"}) == '{"title": "Slack 😀"}'
