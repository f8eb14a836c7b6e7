"""Patches of schemas are JSON Merge Patches, which can also change a list of names."""

from __future__ import annotations

import json
from typing import Any

import pytest

from handbook.read.schemas.patches import patched
from handbook.read.yaml.document import read_text

RFC_7396 = [
    ({"a": "b"}, {"a": "c"}, {"a": "c"}),
    ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
    ({"a": "b"}, {"a": None}, {}),
    ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
    ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
    ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
    ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
    ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
    ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
    ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
    ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
]
"""The examples of the standard whose patch is a mapping."""


def result(base: Any, patch: Any) -> tuple[Any, list[str]]:
    """The patched value, and what doesn't fit."""
    found = patched(read_text(json.dumps(base)), read_text(json.dumps(patch)), "a.patch.json")
    assert json.loads(found.document.text) == found.document.value
    return found.document.value, [misfit.pointer for misfit in found.misfits]


@pytest.mark.parametrize(("base", "patch", "expected"), RFC_7396)
def test_a_patch_gives_what_the_standard_says(base: Any, patch: Any, expected: Any) -> None:
    assert result(base, patch)[0] == expected


def test_a_list_of_names_is_replaced_by_a_list_and_changed_by_a_mapping() -> None:
    base = {"required": ["a", "b"]}
    assert result(base, {"required": ["c"]}) == ({"required": ["c"]}, [])
    assert result(base, {"required": {"a": None, "c": True}}) == ({"required": ["b", "c"]}, [])
    assert result({}, {"enum": {"a": True}}) == ({"enum": ["a"]}, [])
    assert result(base, {"required": {"z": None}}) == (base, ["/required/z"])


def test_a_field_that_has_the_name_of_a_keyword_is_a_field() -> None:
    base = {"properties": {"required": {"type": "boolean"}}}
    expected = {"properties": {"required": {"type": "string", "title": "Required"}}}
    assert result(base, {"properties": {"required": {"type": "string", "title": "Required"}}}) == (
        expected,
        [],
    )


def test_nothing_requires_a_field_that_is_removed() -> None:
    base = {
        "properties": {"a": {}, "b": {}},
        "required": ["a", "b"],
        "anyOf": [{"required": ["a"]}, {"required": ["b"]}],
        "allOf": [{"if": {"required": ["a"]}, "then": {"required": ["a", "b"]}}],
        "dependentRequired": {"a": ["b"], "b": ["a"]},
    }
    assert result(base, {"properties": {"a": None}}) == (
        {
            "properties": {"b": {}},
            "required": ["b"],
            "anyOf": [{"required": ["b"]}],
            "allOf": [{"if": {"required": ["a"]}, "then": {"required": ["b"]}}],
            "dependentRequired": {"b": []},
        },
        [],
    )
