"""The shipped schemas, as they are read by editors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from handbook.read.schemas.kinds import SCHEMA_SUFFIX
from handbook.read.schemas.validation import Validator
from tests.sites import ROOT

SCHEMAS = {
    path.name: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "schemas").glob(f"*{SCHEMA_SUFFIX}"))
}


def examples(schema: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    """Every example in a schema, with the place of the schema it is an example for."""
    if isinstance(schema, list):
        for index, part in enumerate(schema):
            yield from examples(part, f"{pointer}/{index}")
    if isinstance(schema, dict):
        for example in schema.get("examples", ()):
            yield pointer, example
        for name, part in schema.items():
            if name != "examples":
                yield from examples(part, f"{pointer}/{name}")


EXAMPLES = [
    pytest.param(f"{name}#{pointer}", example, id=f"{name}{pointer}")
    for name, schema in SCHEMAS.items()
    for pointer, example in examples(schema)
]


@pytest.mark.parametrize(("place", "example"), EXAMPLES)
def test_an_example_that_editors_show_is_valid(place: str, example: Any) -> None:
    here = Validator({"$id": "example.schema.json", "$ref": place}, SCHEMAS)
    assert here.fits(example)
