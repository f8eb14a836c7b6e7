"""What schemas and entries lose when a content type is switched off."""

from __future__ import annotations

from typing import Any

import pytest

from handbook.read.schemas.references import Resolver
from handbook.read.schemas.shapes import Shape, Shapes
from handbook.read.schemas.switched_off import without_kinds, without_values
from handbook.read.schemas.validation import Validator

TOOL = {"type": "string", "x-ref": "tool"}
EITHER = {"type": "string", "x-ref": ["tool", "team"]}
TEXT = {"type": "string"}


def changed(schema: dict[str, Any], common: dict[str, Any] | None = None) -> tuple[Validator, Shape]:
    """The schema without tools."""
    schemas: dict[str, Any] = {"a": {"$id": "a", **schema}, "common": {"$id": "common", **(common or {})}}
    rewritten = without_kinds(schemas, frozenset({"tool"}))
    return Validator(rewritten["a"], rewritten), Shapes().of(rewritten["a"], Resolver(rewritten, "a"))


CASES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "a required field": ({"properties": {"a": TOOL, "b": TEXT}, "required": ["a"]}, ["a"]),
    "a field of a shared definition": (
        {"properties": {"a": {"$ref": "common#/$defs/t"}}, "required": ["a"]},
        ["a"],
    ),
    "a list": (
        {"properties": {"a": {"type": "array", "items": TOOL, "minItems": 1}}, "required": ["a"]},
        ["a"],
    ),
    "a list whose items are known by it": (
        {
            "properties": {
                "a": {"x-key": "t", "items": {"properties": {"t": TOOL, "b": TEXT}, "required": ["t"]}}
            }
        },
        ["a"],
    ),
    "an object with nothing else": (
        {
            "properties": {"a": {"type": "object", "properties": {"t": TOOL}, "required": ["t"]}},
            "required": ["a"],
        },
        ["a"],
    ),
    "a mapping of names to it": (
        {"properties": {"a": {"additionalProperties": TOOL}}, "required": ["a"]},
        ["a"],
    ),
    "one of two": (
        {"properties": {"a": TOOL, "b": TEXT}, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
        ["a"],
    ),
    "exactly one of two": (
        {"properties": {"a": TOOL, "b": TEXT}, "oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
        ["a"],
    ),
    "a condition that asks for it": (
        {
            "properties": {"a": TOOL, "b": TEXT},
            "if": {"properties": {"b": {"const": "x"}}},
            "then": {"required": ["a"]},
            "else": {"required": ["a"]},
        },
        ["a"],
    ),
    "a condition that asks for it deeper": (
        {
            "properties": {"a": {"properties": {"t": TOOL, "b": TEXT}}},
            "allOf": [{"if": True, "then": {"properties": {"a": {"required": ["t"]}}}}],
        },
        [],
    ),
    "a condition on it": (
        {"properties": {"a": TOOL, "b": TEXT}, "if": {"required": ["a"]}, "then": {"required": ["c"]}},
        ["a"],
    ),
    "another field that asks for it": (
        {"properties": {"a": TOOL, "b": TEXT}, "dependentRequired": {"b": ["a"]}},
        ["a"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_no_entry_has_to_name_what_is_off(case: str) -> None:
    schema, off = CASES[case]
    validator, shape = changed(schema, {"$defs": {"t": TOOL}})
    assert list(shape.off_fields) == off
    entries: list[dict[str, Any]] = [{}, {"b": "x"}, {"b": "y"}, {"a": {}}]
    for entry in entries:
        left, _ = without_values(shape, entry)
        assert validator.fits(left), left


def test_other_requirements_stay() -> None:
    validator, _ = changed({"properties": {"a": TOOL, "b": TEXT}, "required": ["a", "b"], "type": "object"})
    assert not validator.fits({})
    either, _ = changed(
        {"properties": {"a": TOOL, "b": TEXT, "c": TEXT}, "anyOf": [{"required": ["b"]}, {"required": ["c"]}]}
    )
    assert not either.fits({})


def test_a_value_that_stays_is_left_out_and_told_with_its_place() -> None:
    item = {"properties": {"t": TOOL, "b": TEXT}}
    _, shape = changed({"properties": {"list": {"items": item}, "either": EITHER}})
    entry = {"list": [{"t": "x", "b": "y"}, {"b": "z"}, {"t": ["odd"]}, "odd"], "either": "x", "more": 1}
    left, off = without_values(shape, entry)
    assert left == {"list": [{"b": "y"}, {"b": "z"}, {}, "odd"], "either": "x", "more": 1}
    assert [(each.pointer, each.value, each.kinds) for each in off] == [
        (("list", 0, "t"), "x", ("tool",)),
        (("list", 2, "t"), ["odd"], ("tool",)),
    ]


def test_a_schema_that_contains_itself_is_no_problem() -> None:
    node = {"properties": {"t": TOOL, "below": {"items": {"$ref": "#/$defs/node"}}}}
    _, shape = changed({"$ref": "#/$defs/node", "$defs": {"node": node}})
    left, off = without_values(shape, {"t": "a", "below": [{"t": "b", "below": [{"t": "c"}]}]})
    assert left == {"below": [{"below": [{}]}]}
    assert len(off) == 3
