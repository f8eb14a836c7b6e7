"""The shape of a field, found as a validator would find its schema."""

from __future__ import annotations

from handbook.read.schemas.references import Resolver
from handbook.read.schemas.shapes import Shapes

SCHEMA = {
    "properties": {"named": {"x-ref": "tool"}},
    "patternProperties": {"^q": {"x-ref": "metric"}},
    "additionalProperties": {"x-ref": "team"},
    "prefixItems": [{"x-ref": "role"}],
    "items": {"x-ref": "term"},
}
SHAPE = Shapes().of(SCHEMA, Resolver({"a": SCHEMA}, "a"))


def test_a_field_has_the_schema_of_its_name_of_a_pattern_or_of_all_others() -> None:
    found = {name: shape.refs for name in ("named", "q1", "other") if (shape := SHAPE.field(name))}
    assert found == {"named": ("tool",), "q1": ("metric",), "other": ("team",)}


def test_an_item_has_the_schema_of_its_place_or_of_all_others() -> None:
    found = [shape.refs for index in (0, 1) if (shape := SHAPE.item(index))]
    assert found == [("role",), ("term",)]


def test_a_value_that_is_always_plain_can_have_no_other_fields() -> None:
    kinds = ("boolean", "integer", "number", "string")
    written = [["string"], [*kinds], ["string", "null"], [*kinds, "object"], ["null"]]
    shapes = [Shapes().of({"type": types}, Resolver({}, "")) for types in written]
    assert [shape.is_open for shape in shapes] == [False, False, False, True, True]
