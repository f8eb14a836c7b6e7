"""References between schemas lead where the library that explains mistakes finds them, too."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from referencing.exceptions import Unresolvable

from handbook.read.schemas.references import Resolver, UnresolvableError
from handbook.read.schemas.registry import make_registry
from tests.sites import ROOT

SCHEMAS: dict[str, Any] = {
    **{path.name: json.loads(path.read_text("utf-8")) for path in ROOT.glob("schemas/*.schema.json")},
    "odd.schema.json": {
        "$id": "odd.schema.json",
        "$defs": {
            "a/b": {"type": "string"},
            "c~d": {"$anchor": "here", "type": "integer"},
            "g": {"$dynamicAnchor": "there", "type": "number"},
            "e f": {"anyOf": [{"type": "null"}, {"type": "boolean"}]},
        },
        "examples": [{"$anchor": "example"}],
    },
}
SHIPPED = sorted(
    {ref for schema in SCHEMAS.values() for ref in re.findall(r'"\$ref": "(.*?)"', json.dumps(schema))}
)
ODD = [
    *("", "#", "#/", "odd.schema.json", "https://example.com/schemas/odd.schema.json", "lost.schema.json"),
    *(
        "#here",
        "#there",
        "#nowhere",
        "#/$defs/a~1b",
        "#/$defs/c~0d",
        "#/$defs/e%20f",
        "#/$defs/a/b",
        "#/$defs/lost",
    ),
    *("#/$defs/e%20f/anyOf/1", "#/$defs/e%20f/anyOf/2", "#/$defs/e%20f/anyOf/x", "#/$defs/a~1b/type/x"),
    *("common.schema.json#/$defs/id", "common.schema.json#/$defs/lost"),
]


@pytest.mark.parametrize("reference", [*SHIPPED, *ODD])
def test_a_reference_leads_to_the_same_place(reference: str) -> None:
    file = "odd.schema.json" if reference in ODD else "common.schema.json"
    try:
        wanted = make_registry(SCHEMAS).resolver(file).lookup(reference).contents
    except (Unresolvable, ValueError, TypeError):
        with pytest.raises(UnresolvableError):
            Resolver(SCHEMAS, file).lookup(reference)
    else:
        assert Resolver(SCHEMAS, file).lookup(reference).contents is wanted


def test_an_example_is_no_place_to_refer_to() -> None:
    with pytest.raises(UnresolvableError):
        Resolver(SCHEMAS, "odd.schema.json").lookup("#example")


def test_references_go_on_from_the_file_they_led_to() -> None:
    there = Resolver(SCHEMAS, "odd.schema.json").lookup("common.schema.json#/$defs/id").resolver
    assert there.lookup("#/$defs/id").contents is SCHEMAS["common.schema.json"]["$defs"]["id"]
