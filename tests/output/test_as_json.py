"""JSON has the indents of Python's own module."""

from __future__ import annotations

import json

import pytest

from handbook.output.as_json import as_json


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
