"""JSON has the indents of Python's own module."""

from __future__ import annotations

import json

import pytest

from handbook.output.as_json import as_json, json_parts


@pytest.mark.parametrize(
    "value",
    [
        {"a": [1, 2.5, True, None, 'é\n"\\'], "b": {"c": {}, "d": []}, None: ({"e": ()},), True: "f", 2: 3},
        [[], [[1, "x"]], {"x": [{"y": 0}]}],
        "a",
        None,
        float("inf"),
    ],
)
def test_json_is_indented_as_by_python(value: object) -> None:
    assert as_json(value) == f"{json.dumps(value, indent=2)}\n"


@pytest.mark.parametrize("items", [[], [{"b": []}], [1, [2], "\ud800"]])
def test_an_object_is_the_same_in_parts(items: list[object]) -> None:
    parts = list(json_parts({"a": 1, "c": {}}, "items", iter(items)))
    assert "".join(parts) == as_json({"a": 1, "c": {}, "items": items})
    assert len(parts) == len(items) + 2
